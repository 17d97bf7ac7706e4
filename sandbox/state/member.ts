// How somebody stands in a chat, and how Telegram shows that. Bans and restrictions that have run out
// count as over without anybody being told, as on Telegram.
import type { ChatMember, User } from '@grammyjs/types';
import type { AdminRights, Permissions } from './rights';

export type Member =
  | { userId: number; status: 'creator' }
  | { userId: number; status: 'administrator'; rights: AdminRights; promotedBy: number }
  | { userId: number; status: 'member' }
  | { userId: number; status: 'restricted'; permissions: Permissions; inChat: boolean; until: number }
  | { userId: number; status: 'left' }
  | { userId: number; status: 'kicked'; until: number };

/** `until` is Unix time in seconds; 0 means for ever. */
export function current(member: Member, nowSeconds: number): Member {
  const over = 'until' in member && member.until !== 0 && member.until <= nowSeconds;
  if (!over) return member;
  const inChat = member.status === 'restricted' && member.inChat;
  return { userId: member.userId, status: inChat ? 'member' : 'left' };
}

export function isIn(member: Member): boolean {
  if (member.status === 'restricted') return member.inChat;
  return member.status !== 'left' && member.status !== 'kicked';
}

export function isAdmin(member: Member): boolean {
  return member.status === 'creator' || member.status === 'administrator';
}

export function showMember(member: Member, user: User, botId: number): ChatMember {
  switch (member.status) {
    case 'creator':
      return { status: 'creator', user, is_anonymous: false };
    case 'administrator':
      return {
        status: 'administrator',
        user,
        can_be_edited: member.promotedBy === botId && member.userId !== botId,
        ...member.rights,
      };
    case 'restricted':
      return {
        status: 'restricted',
        user,
        is_member: member.inChat,
        until_date: member.until,
        ...member.permissions,
      };
    case 'kicked':
      return { status: 'kicked', user, until_date: member.until };
    case 'member':
    case 'left':
      return { status: member.status, user };
  }
}
