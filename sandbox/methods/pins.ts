// Pinned messages. A chat holds many; without a message id the one sent last is unpinned.
import { postNote } from '../acts/post-message';
import type { Sandbox } from '../sandbox';
import type { Room } from '../state/room';
import { chatOf, requireRight } from './access';
import type { Method } from './method';
import { integerOf, type Params } from './params';
import { refuse, type RefusalName } from './refusals';

export const pinChatMessage: Method = (sandbox, params) => {
  const room = pinnableRoom(sandbox, params);
  const id = messageIdIn(room, integerOf(params, 'message_id'), 'pinNotFound');
  if (room.pins.includes(id)) refuse('nothingToPin');
  room.pins.push(id);
  postNote(sandbox, room, sandbox.world.bot.id, { kind: 'pinned', messageId: id });
  return true;
};

export const unpinChatMessage: Method = (sandbox, params) => {
  const room = pinnableRoom(sandbox, params);
  const asked = integerOf(params, 'message_id') ?? 0;
  if (asked === 0 && room.pins.length === 0) refuse('unpinNotFound');
  const id = asked === 0 ? Math.max(...room.pins) : messageIdIn(room, asked, 'unpinNotFound');
  if (!room.pins.includes(id)) refuse('nothingToPin');
  room.pins = room.pins.filter((pinned) => pinned !== id);
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return true;
};

export const unpinAllChatMessages: Method = (sandbox, params) => {
  const room = pinnableRoom(sandbox, params);
  room.pins = [];
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return true;
};

function pinnableRoom(sandbox: Sandbox, params: Params): Room {
  const room = chatOf(sandbox, params);
  if (room.type !== 'private') requireRight(sandbox, room, 'can_pin_messages', 'noRightToPin');
  return room;
}

function messageIdIn(room: Room, id: number | undefined, otherwise: RefusalName): number {
  const message = id === undefined ? undefined : room.messages.get(id);
  if (message === undefined) refuse(otherwise);
  if (message.note !== undefined) refuse('serviceUnpinnable');
  return message.id;
}
