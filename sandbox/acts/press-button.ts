// A person presses an inline button: the callback query, and the wait for the bot's answer.
import { randomInt } from 'node:crypto';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { PRESS_LIVES_MS } from '../methods/callbacks';
import type { Sandbox } from '../sandbox';
import type { Person } from '../state/person';
import type { Room, StoredMessage } from '../state/room';
import type { CallbackPress } from '../state/world';
import { showMessage, showUserOf } from '../updates/show';

export function findButton(
  message: StoredMessage,
  wanted: number | string,
): InlineKeyboardButton | undefined {
  const buttons = message.keyboard?.inline_keyboard.flat() ?? [];
  if (typeof wanted === 'number') return buttons[wanted];
  return (
    buttons.find((button) => button.text === wanted) ??
    buttons.find((button) => button.text.toLowerCase().includes(wanted.toLowerCase()))
  );
}

export function pressCallback(
  sandbox: Sandbox,
  person: Person,
  room: Room,
  message: StoredMessage,
  data: string,
): CallbackPress {
  forgetOldPresses(sandbox);
  const id = String(randomInt(1, 2 ** 47));
  const press: CallbackPress = { id, userId: person.id, at: sandbox.now() };
  sandbox.world.presses.set(id, press);
  person.met = true;
  sandbox.updates.add('callback_query', {
    id,
    from: showUserOf(sandbox, person.id),
    message: showMessage(sandbox, room, message),
    chat_instance: String(Math.abs(room.id) * 7),
    data,
  });
  return press;
}

/** Waits for the bot's answer, but no longer than a person would look at the button. */
export async function answerOf(
  sandbox: Sandbox,
  press: CallbackPress,
  waitMs: number,
): Promise<CallbackPress['answer']> {
  if (press.answer !== undefined) return press.answer;
  return new Promise((resolve) => {
    const timer = setTimeout(finish, waitMs);
    const stopListening = sandbox.news.listen(() => {
      if (press.answer !== undefined) finish();
    });
    function finish(): void {
      clearTimeout(timer);
      stopListening();
      resolve(press.answer);
    }
  });
}

function forgetOldPresses(sandbox: Sandbox): void {
  for (const [id, press] of sandbox.world.presses) {
    if (sandbox.now() - press.at <= PRESS_LIVES_MS) return;
    sandbox.world.presses.delete(id);
  }
}
