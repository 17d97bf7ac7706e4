// Buttons under a message. URLs to this machine are let through, which Telegram itself would not do:
// otherwise nothing that runs on localhost could be tried.
import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types';
import { objectOf, type Params } from './params';
import { Refusal, refuse } from './refusals';

const ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
];

/** Undefined when the message is to have no inline keyboard; other kinds of keyboard are taken and not shown. */
export function readKeyboard(params: Params): InlineKeyboardMarkup | undefined {
  const markup = objectOf<Partial<InlineKeyboardMarkup>>(params, 'reply_markup', 'badMarkup');
  const rows = markup?.inline_keyboard;
  if (rows === undefined) return undefined;
  if (!Array.isArray(rows)) refuse('badMarkup');
  const kept = rows.filter((row) => Array.isArray(row) && row.length > 0);
  for (const button of kept.flat()) checkButton(button);
  return kept.length === 0 ? undefined : { inline_keyboard: kept };
}

function checkButton(button: InlineKeyboardButton): void {
  const { text } = button;
  if (typeof text !== 'string' || text === '') {
    throw new Refusal(
      400,
      'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String',
    );
  }
  if (!ACTIONS.some((action) => action in button)) refuse('buttonKind');
  if ('callback_data' in button) {
    const size = Buffer.byteLength(String(button.callback_data));
    if (size < 1 || size > 64) refuse('buttonData');
  }
  if ('url' in button && !isUrl(button.url)) {
    throw new Refusal(
      400,
      `Bad Request: inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`,
    );
  }
}

function isUrl(url: unknown): boolean {
  if (typeof url !== 'string') return false;
  return URL.canParse(url) && ['http:', 'https:', 'tg:', 'ton:'].includes(new URL(url).protocol);
}
