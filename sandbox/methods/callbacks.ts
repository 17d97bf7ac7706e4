// Answering a pressed button. The press waits for it, but not for ever, and takes one answer only.
import type { CallbackPress } from '../state/world';
import type { Method } from './method';
import { flagOf, textOf } from './params';
import { refuse } from './refusals';

// Telegram publishes no number; late answers were seen to fail after well under a minute.
export const PRESS_LIVES_MS = 60_000;

export const answerCallbackQuery: Method = (sandbox, params) => {
  const press = sandbox.world.presses.get(textOf(params, 'callback_query_id') ?? '');
  if (press === undefined || press.answer !== undefined) refuse('oldQuery');
  if (sandbox.now() - press.at > PRESS_LIVES_MS) refuse('oldQuery');
  const answer: NonNullable<CallbackPress['answer']> = { showAlert: flagOf(params, 'show_alert') };
  const text = textOf(params, 'text');
  const url = textOf(params, 'url');
  if (text !== undefined && text !== '') answer.text = [...text].slice(0, 200).join('');
  if (url !== undefined) answer.url = url;
  press.answer = answer;
  sandbox.news.tell({ kind: 'person', id: press.userId });
  return true;
};
