// The private chat between a person and the bot. It exists from the first message on, whoever writes it.
import type { Sandbox } from '../sandbox';
import { usualPermissions } from '../state/rights';
import type { Room } from '../state/room';

export function makeRoom(id: number, type: Room['type'], title: string): Room {
  return {
    id,
    type,
    title,
    members: new Map(),
    messages: new Map(),
    lastMessageId: 0,
    pins: [],
    links: [],
    requests: new Map(),
    cameBy: new Map(),
    permissions: usualPermissions(),
    guarded: false,
    deleted: false,
  };
}

export function privateRoom(sandbox: Sandbox, personId: number): Room {
  const existing = sandbox.world.rooms.get(personId);
  if (existing !== undefined) return existing;
  const room = makeRoom(personId, 'private', '');
  sandbox.world.rooms.set(personId, room);
  return room;
}
