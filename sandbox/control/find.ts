// People and chats named by a control call, or the sentence that says they are not there.
import type { FastifyRequest } from 'fastify';
import type { Sandbox } from '../sandbox';
import { isIn } from '../state/member';
import { memberOf, ownerOf } from '../state/lookup';
import type { Person } from '../state/person';
import type { Room } from '../state/room';
import { Problem } from './problem';

export function idIn(request: FastifyRequest): number {
  return Number((request.params as { id: string }).id);
}

export function findPerson(sandbox: Sandbox, id: number): Person {
  const person = sandbox.world.people.get(id);
  if (person === undefined) throw new Problem(404, `There is no person ${id} in the sandbox.`);
  return person;
}

export function findRoom(sandbox: Sandbox, id: number): Room {
  const room = sandbox.world.rooms.get(id);
  if (room === undefined) throw new Problem(404, `There is no chat ${id} in the sandbox.`);
  return room;
}

/** A group in which things can still happen. */
export function findGroup(sandbox: Sandbox, id: number): Room {
  const room = findRoom(sandbox, id);
  if (room.type === 'private') throw new Problem(409, 'That is a private chat: it has no members to manage.');
  if (room.deleted) throw new Problem(409, 'That chat was deleted.');
  if (room.migratedTo !== undefined) {
    throw new Problem(409, `That group became supergroup ${room.migratedTo}.`);
  }
  return room;
}

export function requireIn(sandbox: Sandbox, room: Room, person: Person): void {
  if (isIn(memberOf(sandbox, room, person.id))) return;
  throw new Problem(409, `${person.firstName} is not in ${room.title}.`);
}

/** Whoever is named as doing it, or else the owner. */
export function doer(sandbox: Sandbox, room: Room, byId: number | undefined): number {
  if (byId !== undefined) return findPerson(sandbox, byId).id;
  const owner = ownerOf(room);
  if (owner === undefined) throw new Problem(409, 'That chat has no owner: say who does it with "byId".');
  return owner;
}
