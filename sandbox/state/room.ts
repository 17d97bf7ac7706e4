// A chat: a private one between a person and the bot, a basic group, or a supergroup.
import type { Chat, InlineKeyboardMarkup, MessageEntity } from '@grammyjs/types';
import type { Member } from './member';
import type { Permissions } from './rights';

/** What a message is when it is not text: Telegram's own notes about what happened in the chat. */
export type ServiceNote =
  | { kind: 'joined'; userIds: number[] }
  | { kind: 'left'; userId: number }
  | { kind: 'pinned'; messageId: number }
  | { kind: 'titled'; title: string }
  | { kind: 'migrated_to'; chatId: number }
  | { kind: 'migrated_from'; chatId: number };

export interface StoredMessage {
  id: number;
  fromId: number;
  date: number;
  editDate?: number;
  text?: string;
  entities?: MessageEntity[];
  keyboard?: InlineKeyboardMarkup;
  replyTo?: number;
  silent?: boolean;
  note?: ServiceNote;
}

export interface InviteLink {
  url: string;
  chatId: number;
  creatorId: number;
  name?: string;
  expireDate?: number;
  memberLimit?: number;
  asksFirst: boolean;
  primary: boolean;
  revoked: boolean;
  /** Who came in by this link and is still in: leaving gives the place back. */
  inside: Set<number>;
  pending: number;
}

export interface JoinRequest {
  userId: number;
  /** Milliseconds by the sandbox clock. */
  at: number;
  linkUrl?: string;
  bio?: string;
  queryId?: string;
}

export interface Room {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title: string;
  members: Map<number, Member>;
  messages: Map<number, StoredMessage>;
  lastMessageId: number;
  /** Ids of pinned messages in the order they were pinned. */
  pins: number[];
  links: string[];
  requests: Map<number, JoinRequest>;
  /** Which link brought a member in, to give its place back when they leave. */
  cameBy: Map<number, string>;
  permissions: Permissions;
  /** The owner made the bot the chat's guard: its join requests carry a query id. */
  guarded: boolean;
  migratedTo?: number;
  migratedFrom?: number;
  deleted: boolean;
}

export function showChat(room: Room, firstName?: string, username?: string): Chat {
  if (room.type !== 'private') return { id: room.id, type: room.type, title: room.title };
  const chat: Chat.PrivateChat = { id: room.id, type: 'private', first_name: firstName ?? '' };
  if (username !== undefined) chat.username = username;
  return chat;
}
