import type { Limit } from '../pacer';

/** The key of the bot's whole pace; those of its chats begin with it. */
export const TELEGRAM_BOT_PACE = 'telegram';

/**
 * Telegram's published limits (core.telegram.org/bots/faq): about 30 messages a second over all chats, one a second in a
 * chat, 20 a minute in a group. They are kept with a margin, because a call arrives some milliseconds after it is made:
 * one place every 1/30 s plus 6 %, so that two late calls still fit into their window, and 1.05 s and 61 s for the rest.
 * Every call counts towards the first, since no figure is published for what is not a message.
 */
const SPACING_MARGIN = 1.06;

export function paceOf(method: string, params: object, perSecond: number): Limit[] {
  const overall = { key: TELEGRAM_BOT_PACE, count: 1, spanMs: (1000 / perSecond) * SPACING_MARGIN };
  const chatId = method === 'sendMessage' ? (params as { chat_id?: number | string }).chat_id : undefined;
  if (chatId === undefined) return [overall];
  const chat = { key: `${TELEGRAM_BOT_PACE}:${chatId}`, count: 1, spanMs: 1050 };
  const isGroup = String(chatId).startsWith('-');
  return isGroup
    ? [overall, chat, { key: `${chat.key}:minute`, count: 20, spanMs: 61_000 }]
    : [overall, chat];
}
