import type { Limit } from '../pacer';
import { paceOf } from './telegram-pace';

const message = (chatId: number | string) => paceOf('sendMessage', { chat_id: chatId }, 30);

/** How much later than its place a call may be made. */
const LATENESS_MS = 25;

/** The most calls that can fall into a window of this length, when the first of them is late. */
const mostIn = (windowMs: number, { count, spanMs }: Limit) =>
  count * (Math.floor((windowMs + LATENESS_MS) / spanMs) + 1);

describe('The pace of Telegram', () => {
  it('of a message to a person is the bot’s and the chat’s', () => {
    expect(message(77).map(({ key }) => key)).toEqual(['telegram', 'telegram:77']);
  });

  it('of a message to a group has its minute as well', () => {
    expect(message(-1001).map(({ key }) => key)).toEqual([
      'telegram',
      'telegram:-1001',
      'telegram:-1001:minute',
    ]);
    expect(message('-1001')).toEqual(message(-1001));
  });

  it('of whatever is no message is the bot’s alone', () => {
    expect(paceOf('banChatMember', { chat_id: -1001, user_id: 77 }, 30).map(({ key }) => key)).toEqual([
      'telegram',
    ]);
    expect(paceOf('getMe', {}, 30)).toHaveLength(1);
  });

  it('keeps what Telegram publishes: 30 a second, one a second in a chat, 20 a minute in a group', () => {
    const [bot, chat, minute] = message(-1001);

    expect(mostIn(1000, bot!)).toBeLessThanOrEqual(30);
    expect(mostIn(1000, chat!)).toBe(1);
    expect(mostIn(60_000, minute!)).toBe(20);
  });

  it('uses at least nine tenths of it', () => {
    const [bot, chat, minute] = message(-1001);

    expect((1000 / bot!.spanMs) * bot!.count).toBeGreaterThanOrEqual(0.9 * 30);
    expect((1000 / chat!.spanMs) * chat!.count).toBeGreaterThanOrEqual(0.9);
    expect((60_000 / minute!.spanMs) * minute!.count).toBeGreaterThanOrEqual(0.9 * 20);
  });

  it('follows the rate that was configured', () => {
    const [bot] = paceOf('getMe', {}, 1000);

    expect(bot!.spanMs * 1000).toBeGreaterThanOrEqual(1000);
    expect(bot!.spanMs).toBeLessThan(1.1);
  });
});
