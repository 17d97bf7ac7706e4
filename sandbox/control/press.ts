// Pressing a button under a message: callbacks wait shortly for the bot, links are opened.
import { answerOf, findButton, pressCallback } from '../acts/press-button';
import type { Sandbox } from '../sandbox';
import type { Person } from '../state/person';
import type { Room } from '../state/room';
import { findGroup, findRoom, requireIn } from './find';
import { openLink, type OpenOutcome } from './open';
import { Problem } from './problem';

const ANSWER_WITHIN_MS = 3_000;

export type Pressed =
  | { kind: 'callback'; answered: boolean; text?: string; showAlert?: boolean; url?: string }
  | ({ kind: 'url'; url: string } & Partial<OpenOutcome>);

export async function pressButton(
  sandbox: Sandbox,
  person: Person,
  chatId: number,
  messageId: number,
  wanted: number | string,
): Promise<Pressed> {
  const room = roomWith(sandbox, person, chatId);
  const message = room.messages.get(messageId);
  if (message === undefined) throw new Problem(404, `There is no message ${messageId} in that chat.`);
  const button = findButton(message, wanted);
  if (button === undefined) throw new Problem(404, `That message has no button ${JSON.stringify(wanted)}.`);
  if ('url' in button) return pressUrl(sandbox, person, button.url);
  if ('web_app' in button) return { kind: 'url', url: button.web_app.url, outcome: 'elsewhere' };
  if (!('callback_data' in button)) throw new Problem(409, 'The sandbox cannot press that kind of button.');
  const press = pressCallback(sandbox, person, room, message, button.callback_data);
  const answer = await answerOf(sandbox, press, ANSWER_WITHIN_MS);
  return { kind: 'callback', answered: answer !== undefined, ...answer };
}

function pressUrl(sandbox: Sandbox, person: Person, url: string): Pressed {
  return { kind: 'url', ...openLink(sandbox, person, url), url };
}

function roomWith(sandbox: Sandbox, person: Person, chatId: number): Room {
  if (chatId > 0) {
    if (chatId !== person.id) throw new Problem(409, 'Nobody can see the private chat of somebody else.');
    return findRoom(sandbox, chatId);
  }
  const room = findGroup(sandbox, chatId);
  requireIn(sandbox, room, person);
  return room;
}
