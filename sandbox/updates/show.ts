// The world as Telegram's objects: users, chats, links and messages, the way this bot is allowed to see them.
import type { Chat, ChatInviteLink, Message, Update, User, UserFromGetMe } from '@grammyjs/types';
import type { Sandbox } from '../sandbox';
import { personOf, roomOf } from '../state/lookup';
import { showUser } from '../state/person';
import { showChat, type InviteLink, type Room, type ServiceNote, type StoredMessage } from '../state/room';
import type { Bot } from '../state/world';

export function showBot(bot: Bot): User {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username };
}

export function showMe(bot: Bot): UserFromGetMe {
  return {
    id: bot.id,
    is_bot: true,
    first_name: bot.firstName,
    username: bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_guest_queries: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: true,
  };
}

export function showUserOf(sandbox: Sandbox, id: number): User {
  const { bot } = sandbox.world;
  if (id === bot.id) return showBot(bot);
  const person = personOf(sandbox, id);
  return person === undefined ? { id, is_bot: false, first_name: '' } : showUser(person);
}

export function showRoom(sandbox: Sandbox, room: Room): Chat {
  if (room.type !== 'private') return showChat(room);
  const person = personOf(sandbox, room.id);
  return showChat(room, person?.firstName, person?.username);
}

/** Bots see only the beginning of links that somebody else made. */
export function showLink(sandbox: Sandbox, link: InviteLink): ChatInviteLink {
  const own = link.creatorId === sandbox.world.bot.id;
  const shown: ChatInviteLink = {
    invite_link: own ? link.url : `${link.url.slice(0, 22)}...`,
    creator: showUserOf(sandbox, link.creatorId),
    creates_join_request: link.asksFirst,
    is_primary: link.primary,
    is_revoked: link.revoked,
  };
  if (link.name !== undefined) shown.name = link.name;
  if (link.expireDate !== undefined) shown.expire_date = link.expireDate;
  if (link.memberLimit !== undefined) shown.member_limit = link.memberLimit;
  if (link.pending > 0) shown.pending_join_request_count = link.pending;
  return shown;
}

export type ShownMessage = Message & Update.NonChannel;

/** `depth` stops at one level: a replied or pinned message does not carry further ones. */
export function showMessage(sandbox: Sandbox, room: Room, message: StoredMessage, depth = 1): ShownMessage {
  const shown = {
    message_id: message.id,
    from: showUserOf(sandbox, message.fromId),
    chat: showRoom(sandbox, room),
    date: message.date,
  } as ShownMessage;
  if (message.editDate !== undefined) shown.edit_date = message.editDate;
  if (message.text !== undefined) shown.text = message.text;
  if (message.entities !== undefined && message.entities.length > 0) shown.entities = message.entities;
  if (message.keyboard !== undefined) shown.reply_markup = message.keyboard;
  const replied = message.replyTo === undefined ? undefined : room.messages.get(message.replyTo);
  if (replied !== undefined && depth > 0) {
    shown.reply_to_message = showMessage(sandbox, room, replied, depth - 1) as Message['reply_to_message'];
  }
  if (message.note !== undefined) Object.assign(shown, showNote(sandbox, room, message.note, depth));
  return shown;
}

function showNote(sandbox: Sandbox, room: Room, note: ServiceNote, depth: number): Partial<Message> {
  switch (note.kind) {
    case 'joined':
      return { new_chat_members: note.userIds.map((id) => showUserOf(sandbox, id)) };
    case 'left':
      return { left_chat_member: showUserOf(sandbox, note.userId) };
    case 'pinned': {
      const pinned = room.messages.get(note.messageId);
      if (pinned === undefined || depth === 0) {
        return { pinned_message: { chat: showRoom(sandbox, room), message_id: note.messageId, date: 0 } };
      }
      return { pinned_message: showMessage(sandbox, room, pinned, 0) };
    }
    case 'titled':
      return { new_chat_title: note.title };
    case 'migrated_to':
      return { migrate_to_chat_id: note.chatId };
    case 'migrated_from':
      return { migrate_from_chat_id: note.chatId };
  }
}

export function linkOf(sandbox: Sandbox, url: string | undefined): InviteLink | undefined {
  return url === undefined ? undefined : sandbox.world.links.get(url);
}

export function roomOfLink(sandbox: Sandbox, link: InviteLink): Room | undefined {
  return roomOf(sandbox, link.chatId);
}
