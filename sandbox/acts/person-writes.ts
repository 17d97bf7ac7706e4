// What a person does towards the bot in their private chat or in a group: start, write, block, unblock.
import type { Chat, ChatMember } from '@grammyjs/types';
import { findEntities } from '../methods/message-text';
import { unixTime, type Sandbox } from '../sandbox';
import type { Person } from '../state/person';
import type { Room, StoredMessage } from '../state/room';
import { showBot, showRoom, showUserOf } from '../updates/show';
import { privateRoom } from './make-room';
import { postMessage, type Draft } from './post-message';

export function write(
  sandbox: Sandbox,
  person: Person,
  room: Room,
  text: string,
  replyTo?: number,
): StoredMessage {
  const draft: Draft = { text, entities: findEntities(text) };
  if (replyTo !== undefined) draft.replyTo = replyTo;
  return postMessage(sandbox, room, person.id, draft);
}

/** Pressing Start: it opens the private chat, and unblocks the bot if it was blocked. */
export function start(sandbox: Sandbox, person: Person, payload: string): StoredMessage {
  setBlocked(sandbox, person, false);
  return writeToBot(sandbox, person, payload === '' ? '/start' : `/start ${payload}`);
}

export function writeToBot(sandbox: Sandbox, person: Person, text: string, replyTo?: number): StoredMessage {
  person.started = true;
  person.met = true;
  sandbox.news.tell({ kind: 'person', id: person.id });
  return write(sandbox, person, privateRoom(sandbox, person.id), text, replyTo);
}

export function setBlocked(sandbox: Sandbox, person: Person, blocked: boolean): void {
  if (person.blocked === blocked) return;
  person.blocked = blocked;
  sandbox.news.tell({ kind: 'person', id: person.id });
  if (!person.started) return;
  const user = showBot(sandbox.world.bot);
  const free: ChatMember = { status: 'member', user };
  const shut: ChatMember = { status: 'kicked', user, until_date: 0 };
  sandbox.updates.add('my_chat_member', {
    chat: showRoom(sandbox, privateRoom(sandbox, person.id)) as Chat.PrivateChat,
    from: showUserOf(sandbox, person.id),
    date: unixTime(sandbox),
    old_chat_member: blocked ? free : shut,
    new_chat_member: blocked ? shut : free,
  });
}
