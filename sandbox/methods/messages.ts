// Sending, changing and deleting messages.
import type { ReplyParameters } from '@grammyjs/types';
import { postMessage, type Draft } from '../acts/post-message';
import { unixTime, type Sandbox } from '../sandbox';
import { botIn, hasRight, personOf } from '../state/lookup';
import type { Room, StoredMessage } from '../state/room';
import { showMessage } from '../updates/show';
import { chatOf, requireWritable } from './access';
import { readKeyboard } from './keyboard';
import { readText } from './message-text';
import type { Method } from './method';
import { flagOf, integerOf, objectOf, type Params } from './params';
import { Refusal, refuse } from './refusals';

export const sendMessage: Method = (sandbox, params) => {
  const room = chatOf(sandbox, params);
  const formatted = readText(sandbox, params);
  const keyboard = readKeyboard(params);
  requireWritable(sandbox, room);
  const replyTo = repliedId(room, params);
  keepPace(sandbox, room);
  const draft: Draft = { ...formatted };
  if (keyboard !== undefined) draft.keyboard = keyboard;
  if (replyTo !== undefined) draft.replyTo = replyTo;
  if (flagOf(params, 'disable_notification')) draft.silent = true;
  return showMessage(sandbox, room, postMessage(sandbox, room, sandbox.world.bot.id, draft));
};

export const editMessageText: Method = (sandbox, params) => {
  const { room, message } = ownMessage(sandbox, params);
  const { text, entities } = readText(sandbox, params);
  const keyboard = readKeyboard(params);
  const before = JSON.stringify([message.text, message.entities, message.keyboard]);
  if (JSON.stringify([text, entities, keyboard]) === before) refuse('notModified');
  keepPace(sandbox, room);
  message.text = text;
  message.entities = entities;
  return edited(sandbox, room, message, keyboard);
};

export const editMessageReplyMarkup: Method = (sandbox, params) => {
  const { room, message } = ownMessage(sandbox, params);
  const keyboard = readKeyboard(params);
  if (JSON.stringify(message.keyboard) === JSON.stringify(keyboard)) refuse('notModified');
  keepPace(sandbox, room);
  return edited(sandbox, room, message, keyboard);
};

export const deleteMessage: Method = (sandbox, params) => {
  const room = chatOf(sandbox, params);
  const message = room.messages.get(integerOf(params, 'message_id') ?? 0);
  if (message === undefined) refuse('deleteNotFound');
  const own = message.fromId === sandbox.world.bot.id;
  const allowed = own || room.type === 'private' || hasRight(botIn(sandbox, room), 'can_delete_messages');
  if (!allowed) refuse('notDeletable');
  room.messages.delete(message.id);
  room.pins = room.pins.filter((id) => id !== message.id);
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return true;
};

function edited(
  sandbox: Sandbox,
  room: Room,
  message: StoredMessage,
  keyboard: StoredMessage['keyboard'],
): unknown {
  if (keyboard === undefined) delete message.keyboard;
  else message.keyboard = keyboard;
  message.editDate = unixTime(sandbox);
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return showMessage(sandbox, room, message);
}

function ownMessage(sandbox: Sandbox, params: Params): { room: Room; message: StoredMessage } {
  const room = chatOf(sandbox, params);
  const id = integerOf(params, 'message_id') ?? 0;
  if (id <= 0) refuse('noMessageId');
  const message = room.messages.get(id);
  if (message === undefined) refuse('editNotFound');
  const own = message.fromId === sandbox.world.bot.id && message.note === undefined;
  if (!own) refuse('notEditable');
  if (room.type === 'private' && personOf(sandbox, room.id)?.blocked === true) refuse('blocked');
  return { room, message };
}

function repliedId(room: Room, params: Params): number | undefined {
  const reply = objectOf<Partial<ReplyParameters>>(params, 'reply_parameters', 'replyNotFound');
  const id = reply?.message_id ?? integerOf(params, 'reply_to_message_id');
  if (id === undefined) return undefined;
  if (room.messages.has(id)) return id;
  const without = reply?.allow_sending_without_reply ?? flagOf(params, 'allow_sending_without_reply');
  return without ? undefined : refuse('replyNotFound');
}

function keepPace(sandbox: Sandbox, room: Room): void {
  const wait = sandbox.limits.take(room.id, sandbox.now());
  if (wait === 0) return;
  throw new Refusal(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait });
}
