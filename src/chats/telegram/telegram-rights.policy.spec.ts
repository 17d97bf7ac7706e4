import type { ChatMember } from '@grammyjs/types';
import { Texts } from '../texts/texts';
import { botRights, hasAllRights, sayRights } from './telegram-rights.policy';

const texts = new Texts();

function administrator(rights: object): ChatMember {
  return {
    status: 'administrator',
    user: { id: 1, is_bot: true, first_name: 'Gate' },
    ...rights,
  } as ChatMember;
}

const all = administrator({ can_invite_users: true, can_restrict_members: true, can_pin_messages: true });

describe('The rights of the bot in a chat', () => {
  it('are all there when the owner left them as asked', () => {
    expect(botRights(all)).toEqual({ invite: true, remove: true, pin: true });
    expect(hasAllRights(botRights(all))).toBe(true);
  });

  it('are told one by one when something is missing', () => {
    const rights = botRights(administrator({ can_invite_users: true, can_restrict_members: false }));

    expect(rights).toEqual({ invite: true, remove: false, pin: false });
    expect(hasAllRights(rights)).toBe(false);
    expect(sayRights(texts, 'en', rights)).toEqual([
      '✅ I can let members in.',
      '❌ I cannot remove members: give me the right to ban users.',
      '❌ I cannot pin milestones: give me the right to pin messages.',
    ]);
  });

  it.each(['member', 'left', 'kicked', 'restricted'])('are none for a bot that is "%s"', (status) => {
    expect(botRights({ ...all, status } as ChatMember)).toEqual({ invite: false, remove: false, pin: false });
    expect(botRights(undefined)).toEqual({ invite: false, remove: false, pin: false });
  });

  it('need one sentence when nothing is missing', () => {
    expect(sayRights(texts, 'en', botRights(all))).toEqual([
      'I can let members in, remove them and pin milestones. Nothing is missing.',
    ]);
  });
});
