// What the bot may learn about a chat and its members, and leaving or renaming it.
import type { ChatFullInfo } from '@grammyjs/types';
import { postNote } from '../acts/post-message';
import { setMember } from '../acts/set-member';
import type { Sandbox } from '../sandbox';
import { isAdmin, showMember } from '../state/member';
import { hasRight, botIn, memberOf, membersIn, personOf } from '../state/lookup';
import type { Room } from '../state/room';
import { showMessage, showRoom, showUserOf } from '../updates/show';
import { chatOf, groupOf, requireRight, requireWritable } from './access';
import { primaryLinkOfBot } from './invite-links';
import type { Method } from './method';
import { integerOf, textOf } from './params';
import { refuse } from './refusals';

const CHAT_ACTIONS =
  /^(typing|upload_(photo|video|voice|document|video_note)|record_(video|voice|video_note)|choose_sticker|find_location)$/;

export const getChat: Method = (sandbox, params) => showFullChat(sandbox, chatOf(sandbox, params));

export const getChatMember: Method = (sandbox, params) => {
  const room = chatOf(sandbox, params);
  const userId = integerOf(params, 'user_id') ?? 0;
  if (userId <= 0) refuse('userIdInvalid');
  const { bot } = sandbox.world;
  if (room.type === 'private') {
    if (userId !== bot.id && userId !== room.id) refuse('memberNotFound');
    return { status: 'member', user: showUserOf(sandbox, userId) };
  }
  const person = personOf(sandbox, userId);
  const known = userId === bot.id || room.members.has(userId) || person?.met === true;
  if (!known) refuse('userUnknown');
  if (person?.deactivated === true) refuse('memberNotFound');
  return showMember(memberOf(sandbox, room, userId), showUserOf(sandbox, userId), bot.id);
};

export const getChatAdministrators: Method = (sandbox, params) => {
  const room = groupOf(sandbox, params, 'privateAdmins');
  const botId = sandbox.world.bot.id;
  return membersIn(sandbox, room)
    .filter(isAdmin)
    .map((member) => showMember(member, showUserOf(sandbox, member.userId), botId));
};

export const getChatMemberCount: Method = (sandbox, params) => {
  const room = chatOf(sandbox, params);
  return room.type === 'private' ? 2 : membersIn(sandbox, room).length;
};

export const leaveChat: Method = (sandbox, params) => {
  const room = groupOf(sandbox, params, 'leavePrivate');
  const userId = sandbox.world.bot.id;
  setMember(sandbox, room, { userId, status: 'left' }, { by: userId });
  return true;
};

export const setChatTitle: Method = (sandbox, params) => {
  const room = groupOf(sandbox, params, 'titlePrivate');
  const title = (textOf(params, 'title') ?? '').trim();
  if (title === '') refuse('titleEmpty');
  requireRight(sandbox, room, 'can_change_info', 'noRightToTitle');
  if (room.title === title) return true;
  room.title = [...title].slice(0, 128).join('');
  postNote(sandbox, room, sandbox.world.bot.id, { kind: 'titled', title: room.title });
  return true;
};

export const sendChatAction: Method = (sandbox, params) => {
  const room = chatOf(sandbox, params);
  if (!CHAT_ACTIONS.test(textOf(params, 'action') ?? '')) refuse('chatAction');
  requireWritable(sandbox, room);
  return true;
};

function showFullChat(sandbox: Sandbox, room: Room): ChatFullInfo {
  const full = {
    ...showRoom(sandbox, room),
    accent_color_id: Math.abs(room.id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
  } as ChatFullInfo;
  const pinned = room.pins.length === 0 ? undefined : room.messages.get(Math.max(...room.pins));
  if (pinned !== undefined) full.pinned_message = showMessage(sandbox, room, pinned, 0);
  if (room.type === 'private') return full;
  full.permissions = { ...room.permissions };
  const link = primaryLinkOfBot(sandbox, room);
  if (link !== undefined && hasRight(botIn(sandbox, room), 'can_invite_users')) full.invite_link = link.url;
  if (room.guarded) full.guard_bot = showUserOf(sandbox, sandbox.world.bot.id);
  return full;
}
