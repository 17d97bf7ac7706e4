// The one way anybody's standing in a chat changes, so that links, requests, service messages and updates
// always follow from it: nothing else writes to a chat's members.
import type { ChatMemberUpdated } from '@grammyjs/types';
import { unixTime, type Sandbox } from '../sandbox';
import { isIn, showMember, type Member } from '../state/member';
import { botIsAdmin, memberOf, personOf } from '../state/lookup';
import { sameRights } from '../state/rights';
import type { Room } from '../state/room';
import { linkOf, showLink, showRoom, showUserOf } from '../updates/show';
import { postNote } from './post-message';
import { dropRequest } from './join-request';

export interface Cause {
  /** Who did it: the person, an administrator, or the bot. */
  by: number;
  linkUrl?: string;
  /** They asked without a link and an administrator let them in. */
  viaRequest?: boolean;
}

export function setMember(sandbox: Sandbox, room: Room, next: Member, cause: Cause): void {
  const { userId } = next;
  const before = memberOf(sandbox, room, userId);
  if (same(before, next)) {
    room.members.set(userId, next);
    return;
  }
  room.members.set(userId, next);
  const wasIn = isIn(before);
  const isNowIn = isIn(next);
  if (wasIn && !isNowIn) giveBackPlace(sandbox, room, userId);
  if (!wasIn && isNowIn) {
    takePlace(sandbox, room, userId, cause.linkUrl);
    dropRequest(sandbox, room, userId);
  }
  tellOfChange(sandbox, room, before, next, cause);
  if (!wasIn && isNowIn) {
    const cameThemselves = cause.linkUrl !== undefined || cause.viaRequest === true;
    postNote(sandbox, room, cameThemselves ? userId : cause.by, { kind: 'joined', userIds: [userId] });
  }
  if (wasIn && !isNowIn) postNote(sandbox, room, cause.by, { kind: 'left', userId });
  sandbox.news.tell({ kind: 'chat', id: room.id });
}

function tellOfChange(sandbox: Sandbox, room: Room, before: Member, next: Member, cause: Cause): void {
  const botId = sandbox.world.bot.id;
  const aboutBot = next.userId === botId;
  if (!aboutBot && !botIsAdmin(sandbox, room)) return;
  for (const id of [next.userId, cause.by]) {
    const person = personOf(sandbox, id);
    if (person !== undefined) person.met = true;
  }
  const user = showUserOf(sandbox, next.userId);
  const update: ChatMemberUpdated = {
    chat: showRoom(sandbox, room),
    from: showUserOf(sandbox, cause.by),
    date: unixTime(sandbox),
    old_chat_member: showMember(before, user, botId),
    new_chat_member: showMember(next, user, botId),
  };
  const link = linkOf(sandbox, cause.linkUrl);
  if (link !== undefined) update.invite_link = showLink(sandbox, link);
  if (cause.viaRequest === true) update.via_join_request = true;
  sandbox.updates.add(aboutBot ? 'my_chat_member' : 'chat_member', update);
}

function takePlace(sandbox: Sandbox, room: Room, userId: number, linkUrl: string | undefined): void {
  const link = linkOf(sandbox, linkUrl);
  if (link === undefined) return;
  link.inside.add(userId);
  room.cameBy.set(userId, link.url);
}

function giveBackPlace(sandbox: Sandbox, room: Room, userId: number): void {
  linkOf(sandbox, room.cameBy.get(userId))?.inside.delete(userId);
  room.cameBy.delete(userId);
}

function same(a: Member, b: Member): boolean {
  if (a.status !== b.status) return false;
  if (a.status === 'administrator' && b.status === 'administrator') return sameRights(a.rights, b.rights);
  if (a.status === 'kicked' && b.status === 'kicked') return a.until === b.until;
  if (a.status === 'restricted' && b.status === 'restricted') {
    return (
      a.until === b.until &&
      a.inChat === b.inChat &&
      JSON.stringify(a.permissions) === JSON.stringify(b.permissions)
    );
  }
  return true;
}
