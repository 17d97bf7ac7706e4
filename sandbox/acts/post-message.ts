// Puts a message into a chat, whoever wrote it, and tells the bot if the bot is one to see it.
import { unixTime, type Sandbox } from '../sandbox';
import { isIn } from '../state/member';
import { botIn, botIsAdmin, personOf } from '../state/lookup';
import type { Room, ServiceNote, StoredMessage } from '../state/room';
import { showMessage } from '../updates/show';

// Enough to look back on; a long benchmark must not grow without end.
const KEPT_MESSAGES = 2_000;

export type Draft = Omit<StoredMessage, 'id' | 'date' | 'fromId'>;

export function postMessage(sandbox: Sandbox, room: Room, fromId: number, draft: Draft): StoredMessage {
  const message: StoredMessage = {
    id: nextMessageId(sandbox, room),
    fromId,
    date: unixTime(sandbox),
    ...draft,
  };
  room.messages.set(message.id, message);
  dropOldest(room);
  sandbox.news.tell({ kind: 'chat', id: room.id });
  if (botSees(sandbox, room, message)) {
    const author = personOf(sandbox, fromId);
    if (author !== undefined) author.met = true;
    sandbox.updates.add('message', showMessage(sandbox, room, message));
  }
  return message;
}

export function postNote(sandbox: Sandbox, room: Room, fromId: number, note: ServiceNote): StoredMessage {
  return postMessage(sandbox, room, fromId, { note });
}

function nextMessageId(sandbox: Sandbox, room: Room): number {
  if (room.type !== 'supergroup') return (room.lastMessageId = ++sandbox.world.lastSharedMessageId);
  return ++room.lastMessageId;
}

function dropOldest(room: Room): void {
  if (room.messages.size <= KEPT_MESSAGES) return;
  for (const id of room.messages.keys()) {
    if (room.pins.includes(id)) continue;
    room.messages.delete(id);
    return;
  }
}

/** Privacy mode: in groups a bot that is no administrator sees commands, replies to itself and Telegram's own notes. */
function botSees(sandbox: Sandbox, room: Room, message: StoredMessage): boolean {
  const { bot } = sandbox.world;
  if (message.note === undefined && message.fromId === bot.id) return false;
  if (room.type === 'private') return personOf(sandbox, room.id)?.blocked !== true;
  if (!isIn(botIn(sandbox, room))) return false;
  if (message.note !== undefined || botIsAdmin(sandbox, room)) return true;
  const repliesToBot = message.replyTo !== undefined && room.messages.get(message.replyTo)?.fromId === bot.id;
  return repliesToBot || isCommandFor(bot.username, message.text ?? '');
}

function isCommandFor(username: string, text: string): boolean {
  const command = /^\/\w{1,32}(?:@(\w+))?(?=\s|$)/.exec(text);
  return (
    command !== null && (command[1] === undefined || command[1].toLowerCase() === username.toLowerCase())
  );
}
