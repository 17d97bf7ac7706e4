import type { ChatMember } from '@grammyjs/types';
import type { Presence } from '../../membership/standing.policy';

/** Telegram's words for who somebody is in a chat, in ours. */
export function telegramPresence(member: ChatMember): Presence {
  switch (member.status) {
    case 'creator':
    case 'administrator':
      return 'admin';
    case 'member':
      return member.user.is_bot ? 'admin' : 'in';
    case 'restricted':
      return member.is_member ? 'restricted' : 'out';
    case 'left':
      return 'out';
    case 'kicked':
      return 'banned';
  }
}
