// Whether the bot may speak of this chat at all, and whether it may write there, before any method looks further.
import type { Sandbox } from '../sandbox';
import { isIn, type Member } from '../state/member';
import { botIn, hasRight, personOf, roomOf } from '../state/lookup';
import type { RightName } from '../state/rights';
import type { Room } from '../state/room';
import { privateRoom } from '../acts/make-room';
import { integerOf, isGiven, type Params } from './params';
import { refuse, type RefusalName } from './refusals';

// core.telegram.org/bots/api#chatjoinrequest: user_chat_id may be written to for five minutes.
const REQUEST_WINDOW_MS = 5 * 60 * 1000;

export function chatOf(sandbox: Sandbox, params: Params): Room {
  if (!isGiven(params, 'chat_id')) refuse('chatIdEmpty');
  const id = integerOf(params, 'chat_id');
  if (id === undefined || id === 0) refuse('chatNotFound');
  return id > 0 ? privateChat(sandbox, id) : group(sandbox, id);
}

/** A group or supergroup, or the refusal for private chats that the method names. */
export function groupOf(sandbox: Sandbox, params: Params, inPrivate: RefusalName): Room {
  const room = chatOf(sandbox, params);
  if (room.type === 'private') refuse(inPrivate);
  return room;
}

export function requireRight(sandbox: Sandbox, room: Room, right: RightName, otherwise: RefusalName): Member {
  const bot = botIn(sandbox, room);
  if (!hasRight(bot, right)) refuse(otherwise);
  return bot;
}

/** Writing to a person needs their Start, or their join request of the last five minutes. */
export function requireWritable(sandbox: Sandbox, room: Room): void {
  if (room.type === 'private') {
    const person = personOf(sandbox, room.id);
    if (person === undefined) refuse('chatNotFound');
    if (person.deactivated) refuse('deactivated');
    if (person.blocked) refuse('blocked');
    if (!person.started && !hasFreshRequest(sandbox, room.id)) refuse('neverStarted');
    return;
  }
  const bot = botIn(sandbox, room);
  const muted = bot.status === 'restricted' && !bot.permissions.can_send_messages;
  const silenced = bot.status === 'member' && !room.permissions.can_send_messages;
  if (muted || silenced) refuse('noRightToSend');
}

function privateChat(sandbox: Sandbox, id: number): Room {
  if (id === sandbox.world.bot.id) refuse('toItself');
  const person = personOf(sandbox, id);
  if (person === undefined || !(person.met || person.started)) refuse('chatNotFound');
  return privateRoom(sandbox, id);
}

function group(sandbox: Sandbox, id: number): Room {
  const room = roomOf(sandbox, id);
  if (room === undefined || !room.members.has(sandbox.world.bot.id)) refuse('chatNotFound');
  const basic = room.type === 'group';
  if (room.migratedTo !== undefined) refuse('upgraded', { migrate_to_chat_id: room.migratedTo });
  // A deleted supergroup is to the bot one it was thrown out of; only basic groups say that they are gone.
  if (room.deleted) refuse(basic ? 'groupDeleted' : 'kickedFromSupergroup');
  const bot = botIn(sandbox, room);
  if (isIn(bot)) return room;
  if (bot.status === 'kicked') refuse(basic ? 'kickedFromGroup' : 'kickedFromSupergroup');
  return refuse(basic ? 'notInGroup' : 'notInSupergroup');
}

function hasFreshRequest(sandbox: Sandbox, userId: number): boolean {
  const oldest = sandbox.now() - REQUEST_WINDOW_MS;
  for (const room of sandbox.world.rooms.values()) {
    const request = room.requests.get(userId);
    if (request !== undefined && request.at >= oldest && isIn(botIn(sandbox, room))) return true;
  }
  return false;
}
