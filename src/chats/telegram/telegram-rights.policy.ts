import type { ChatMember } from '@grammyjs/types';
import type { Locale } from '../../platform/locale';
import type { Texts } from '../texts/texts';

/** The rights that karmagate's work in a chat needs. */
export interface BotRights {
  invite: boolean;
  remove: boolean;
  pin: boolean;
}

export function botRights(member: ChatMember | undefined): BotRights {
  if (member?.status !== 'administrator') return { invite: false, remove: false, pin: false };
  return {
    invite: member.can_invite_users,
    remove: member.can_restrict_members,
    pin: member.can_pin_messages ?? false,
  };
}

export function hasAllRights({ invite, remove, pin }: BotRights): boolean {
  return invite && remove && pin;
}

/** What the bot can and cannot do in a chat, a line each. */
export function sayRights(texts: Texts, locale: Locale, rights: BotRights): string[] {
  if (hasAllRights(rights)) return [texts.html(locale, 'group-can-all')];
  return (['invite', 'remove', 'pin'] as const).map((right) =>
    texts.html(locale, rights[right] ? `group-can-${right}` : `group-cannot-${right}`),
  );
}
