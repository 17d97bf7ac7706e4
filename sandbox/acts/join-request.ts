// Asking to be let in: the pending request, the update it makes, and its end.
import type { Chat, ChatJoinRequest } from '@grammyjs/types';
import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../sandbox';
import { botIn, hasRight, personOf } from '../state/lookup';
import type { JoinRequest, Room } from '../state/room';
import { linkOf, showLink, showRoom, showUserOf } from '../updates/show';

export function askToJoin(
  sandbox: Sandbox,
  room: Room,
  userId: number,
  linkUrl?: string,
  bio?: string,
): void {
  if (room.requests.has(userId)) return;
  const request: JoinRequest = { userId, at: sandbox.now() };
  if (linkUrl !== undefined) request.linkUrl = linkUrl;
  if (bio !== undefined) request.bio = bio;
  if (room.guarded) request.queryId = randomUUID();
  room.requests.set(userId, request);
  const link = linkOf(sandbox, linkUrl);
  if (link !== undefined) link.pending += 1;
  tellOfRequest(sandbox, room, request);
  sandbox.news.tell({ kind: 'chat', id: room.id });
}

export function dropRequest(sandbox: Sandbox, room: Room, userId: number): JoinRequest | undefined {
  const request = room.requests.get(userId);
  if (request === undefined) return undefined;
  room.requests.delete(userId);
  const link = linkOf(sandbox, request.linkUrl);
  if (link !== undefined) link.pending -= 1;
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return request;
}

function tellOfRequest(sandbox: Sandbox, room: Room, request: JoinRequest): void {
  if (!hasRight(botIn(sandbox, room), 'can_invite_users')) return;
  const person = personOf(sandbox, request.userId);
  if (person !== undefined) person.met = true;
  const update: ChatJoinRequest = {
    chat: showRoom(sandbox, room) as Chat.SupergroupChat,
    from: showUserOf(sandbox, request.userId),
    user_chat_id: request.userId,
    date: Math.floor(request.at / 1000),
  };
  if (request.bio !== undefined) update.bio = request.bio;
  const link = linkOf(sandbox, request.linkUrl);
  if (link !== undefined) update.invite_link = showLink(sandbox, link);
  if (request.queryId !== undefined) update.query_id = request.queryId;
  sandbox.updates.add('chat_join_request', update);
}
