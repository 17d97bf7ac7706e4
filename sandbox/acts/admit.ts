// Somebody with the right to do so lets in a person who asked, be it the bot or a human administrator.
import type { Sandbox } from '../sandbox';
import type { Room } from '../state/room';
import { setMember, type Cause } from './set-member';

/** False when they have not asked, or somebody else was faster. */
export function admit(sandbox: Sandbox, room: Room, userId: number, by: number): boolean {
  const request = room.requests.get(userId);
  if (request === undefined) return false;
  // With a link the link is named; only those who asked without one are marked as having asked.
  const cause: Cause =
    request.linkUrl === undefined ? { by, viaRequest: true } : { by, linkUrl: request.linkUrl };
  setMember(sandbox, room, { userId, status: 'member' }, cause);
  return true;
}
