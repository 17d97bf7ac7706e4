// Finding people, chats and how somebody stands there. Nobody has a record in a chat until something happened to them.
import { unixTime, type Sandbox } from '../sandbox';
import { current, isAdmin, isIn, type Member } from './member';
import type { AdminRights, RightName } from './rights';
import type { Person } from './person';
import type { Room } from './room';

export function personOf(sandbox: Sandbox, id: number): Person | undefined {
  return sandbox.world.people.get(id);
}

export function roomOf(sandbox: Sandbox, id: number): Room | undefined {
  return sandbox.world.rooms.get(id);
}

export function memberOf(sandbox: Sandbox, room: Room, userId: number): Member {
  const member = room.members.get(userId);
  return member === undefined ? { userId, status: 'left' } : current(member, unixTime(sandbox));
}

export function botIn(sandbox: Sandbox, room: Room): Member {
  return memberOf(sandbox, room, sandbox.world.bot.id);
}

export function botIsAdmin(sandbox: Sandbox, room: Room): boolean {
  return isAdmin(botIn(sandbox, room));
}

/** In a private chat everybody may do everything; in a group it takes the right, or being the owner. */
export function hasRight(member: Member, right: RightName): boolean {
  if (member.status === 'creator') return true;
  return member.status === 'administrator' && holds(member.rights, right);
}

function holds(rights: AdminRights, right: RightName): boolean {
  return rights[right] ?? false;
}

export function membersIn(sandbox: Sandbox, room: Room): Member[] {
  const now = unixTime(sandbox);
  return [...room.members.values()].map((member) => current(member, now)).filter(isIn);
}

export function ownerOf(room: Room): number | undefined {
  for (const member of room.members.values()) if (member.status === 'creator') return member.userId;
  return undefined;
}
