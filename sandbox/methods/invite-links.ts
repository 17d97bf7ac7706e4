// The bot's invite links. It can change and revoke only those it made; everybody else's look gone to it.
import { makeLink, type LinkOptions } from '../acts/make-link';
import { unixTime, type Sandbox } from '../sandbox';
import type { InviteLink, Room } from '../state/room';
import { linkOf, showLink } from '../updates/show';
import { groupOf, requireRight } from './access';
import type { Method } from './method';
import { flagOf, integerOf, textOf, type Params } from './params';
import { refuse } from './refusals';

const MAX_NAME = 32;
const MAX_MEMBERS = 99_999;

export const createChatInviteLink: Method = (sandbox, params) => {
  const room = roomToInviteTo(sandbox, params);
  return showLink(sandbox, makeLink(sandbox, room, sandbox.world.bot.id, readOptions(sandbox, params)));
};

/** Options that are not given again are lost, as on Telegram: an edit says everything anew. */
export const editChatInviteLink: Method = (sandbox, params) => {
  const room = roomToInviteTo(sandbox, params);
  const link = ownLink(sandbox, room, params);
  const options = readOptions(sandbox, params);
  if (link.primary) refuse('primaryLink');
  if (link.revoked) refuse('linkGone');
  delete link.name;
  delete link.expireDate;
  delete link.memberLimit;
  Object.assign(link, options);
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return showLink(sandbox, link);
};

export const revokeChatInviteLink: Method = (sandbox, params) => {
  const room = roomToInviteTo(sandbox, params);
  const link = ownLink(sandbox, room, params);
  if (link.revoked) refuse('linkGone');
  link.revoked = true;
  if (link.primary) makeLink(sandbox, room, sandbox.world.bot.id, { primary: true });
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return showLink(sandbox, link);
};

/** Makes the bot's primary link anew; the former one is revoked. */
export const exportChatInviteLink: Method = (sandbox, params) => {
  const room = roomToInviteTo(sandbox, params);
  const former = primaryLinkOfBot(sandbox, room);
  if (former !== undefined) former.revoked = true;
  return makeLink(sandbox, room, sandbox.world.bot.id, { primary: true }).url;
};

export function primaryLinkOfBot(sandbox: Sandbox, room: Room): InviteLink | undefined {
  const botId = sandbox.world.bot.id;
  const links = room.links.map((url) => linkOf(sandbox, url));
  return links.find((link) => link?.primary === true && !link.revoked && link.creatorId === botId);
}

function roomToInviteTo(sandbox: Sandbox, params: Params): Room {
  const room = groupOf(sandbox, params, 'linkInPrivate');
  requireRight(sandbox, room, 'can_invite_users', 'noRightToInvite');
  return room;
}

function ownLink(sandbox: Sandbox, room: Room, params: Params): InviteLink {
  const link = linkOf(sandbox, textOf(params, 'invite_link'));
  if (link === undefined || link.chatId !== room.id) refuse('linkGone');
  if (link.creatorId !== sandbox.world.bot.id) refuse('linkGone');
  return link;
}

function readOptions(sandbox: Sandbox, params: Params): LinkOptions {
  const asksFirst = flagOf(params, 'creates_join_request');
  const name = textOf(params, 'name') ?? '';
  const expireDate = Math.max(0, integerOf(params, 'expire_date') ?? 0);
  const memberLimit = Math.max(0, integerOf(params, 'member_limit') ?? 0);
  if (asksFirst && memberLimit > 0) refuse('limitWithRequest');
  if (expireDate > 0 && expireDate <= unixTime(sandbox)) refuse('expireDate');
  if (memberLimit > MAX_MEMBERS) refuse('usageLimit');
  const options: LinkOptions = { asksFirst };
  if (name !== '') options.name = [...name].slice(0, MAX_NAME).join('');
  if (expireDate > 0) options.expireDate = expireDate;
  if (memberLimit > 0) options.memberLimit = memberLimit;
  return options;
}
