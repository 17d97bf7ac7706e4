import type { Call } from './telegram-side';

/** What is not paced: waiting for updates, and the bot's own set-up. */
const UNPACED = ['getUpdates', 'getMe', 'setMyCommands', 'deleteWebhook', 'setWebhook'];

/**
 * A call arrives some milliseconds after it was made, and here the application, Telegram and the test share a process:
 * windows are shorter than Telegram's by this much. What arrives in whole windows is measured by the benchmark.
 */
const PUNCTUALITY = 0.9;

/** Where the calls, in the order of their arrival, were more than Telegram allows; one sentence for each window. */
export function excesses(calls: readonly Call[], perSecond: number): string[] {
  const paced = calls.filter(({ method }) => !UNPACED.includes(method));
  const messages = new Map<string, Call[]>();
  for (const call of paced.filter(({ method }) => method === 'sendMessage')) {
    const chat = String(call.params['chat_id']);
    messages.set(chat, [...(messages.get(chat) ?? []), call]);
  }
  return [
    ...windows(paced, perSecond, 1000, 'in all'),
    ...[...messages].flatMap(([chat, sent]) => [
      ...windows(sent, 1, 1000, `messages to ${chat}`),
      ...(chat.startsWith('-') ? windows(sent, 20, 60_000, `messages to the group ${chat}`) : []),
    ]),
  ];
}

function windows(calls: readonly Call[], count: number, spanMs: number, what: string): string[] {
  return calls.flatMap(({ at }, index) => {
    const later = calls[index + count];
    if (!later || later.at - at >= spanMs * PUNCTUALITY) return [];
    return [`${count + 1} ${what} within ${Math.round(later.at - at)} ms`];
  });
}
