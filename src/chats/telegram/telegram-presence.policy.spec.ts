import type { ChatMember } from '@grammyjs/types';
import { telegramPresence } from './telegram-presence.policy';

function somebody(facts: object, isBot = false): ChatMember {
  return { user: { id: 77, is_bot: isBot, first_name: 'Rosa' }, ...facts } as ChatMember;
}

describe('Who somebody is in a Telegram chat', () => {
  it.each<[object, string]>([
    [{ status: 'creator' }, 'admin'],
    [{ status: 'administrator' }, 'admin'],
    [{ status: 'member' }, 'in'],
    [{ status: 'member', until_date: 0 }, 'in'],
    [{ status: 'restricted', is_member: true }, 'restricted'],
    [{ status: 'restricted', is_member: false }, 'out'],
    [{ status: 'left' }, 'out'],
    [{ status: 'kicked', until_date: 0 }, 'banned'],
  ])('%j → %s', (facts, presence) => {
    expect(telegramPresence(somebody(facts))).toBe(presence);
  });

  it('is not to be touched when it is another bot', () => {
    expect(telegramPresence(somebody({ status: 'member' }, true))).toBe('admin');
  });
});
