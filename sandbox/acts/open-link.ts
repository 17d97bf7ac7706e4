// A person opens a t.me link: the bot's private chat, an invite link, or the bot being added to a group.
import { unixTime, type Sandbox } from '../sandbox';
import { isIn, type Member } from '../state/member';
import { memberOf, roomOf } from '../state/lookup';
import type { Person } from '../state/person';
import type { AskedRights } from '../state/rights';
import { linkOf } from '../updates/show';
import { askToJoin } from './join-request';
import { whyShut } from './make-link';
import { start } from './person-writes';
import { setMember } from './set-member';

export type TelegramLink =
  | { kind: 'start'; bot: string; payload: string }
  | { kind: 'startgroup'; bot: string; payload: string; rights?: AskedRights }
  | { kind: 'invite'; url: string }
  | { kind: 'profile'; username: string };

export interface Opened {
  outcome: 'started' | 'joined' | 'requested' | 'expired' | 'already';
  chatId?: number;
  messageId?: number;
  /** Why the link let nobody in; Telegram's clients call all of these "expired". */
  why?: 'unknown' | 'revoked' | 'expired' | 'full' | 'banned' | 'chat gone';
}

export function readLink(url: string): TelegramLink | undefined {
  const parsed = parse(url);
  if (parsed === undefined) return undefined;
  const { protocol, searchParams: query } = parsed;
  if (protocol === 'tg:') {
    const invite = query.get('invite');
    if (parsed.hostname === 'join' && invite !== null) {
      return { kind: 'invite', url: `https://t.me/+${invite}` };
    }
    return forUsername(query.get('domain') ?? '', query);
  }
  if (!['t.me', 'telegram.me', 'telegram.dog'].includes(parsed.hostname)) return undefined;
  const [first = '', second = ''] = parsed.pathname.slice(1).split('/');
  if (first.startsWith('+')) return { kind: 'invite', url: `https://t.me/${first}` };
  if (first === 'joinchat') return { kind: 'invite', url: `https://t.me/+${second}` };
  return forUsername(first, query);
}

export function openStart(sandbox: Sandbox, person: Person, payload: string): Opened {
  const message = start(sandbox, person, payload);
  return { outcome: 'started', chatId: person.id, messageId: message.id };
}

export function openInvite(sandbox: Sandbox, person: Person, url: string): Opened {
  const link = linkOf(sandbox, url);
  if (link === undefined) return { outcome: 'expired', why: 'unknown' };
  const room = roomOf(sandbox, link.chatId);
  if (room === undefined || room.deleted || room.migratedTo !== undefined) {
    return { outcome: 'expired', why: 'chat gone' };
  }
  const chatId = room.id;
  const member = memberOf(sandbox, room, person.id);
  if (isIn(member)) return { outcome: 'already', chatId };
  if (member.status === 'kicked') return { outcome: 'expired', chatId, why: 'banned' };
  const why = whyShut(link, unixTime(sandbox));
  if (why !== undefined) return { outcome: 'expired', chatId, why };
  if (link.asksFirst) {
    askToJoin(sandbox, room, person.id, link.url);
    return { outcome: 'requested', chatId };
  }
  // A restriction outlives leaving: whoever comes back is still restricted.
  const next: Member =
    member.status === 'restricted' ? { ...member, inChat: true } : { userId: person.id, status: 'member' };
  setMember(sandbox, room, next, { by: person.id, linkUrl: link.url });
  return { outcome: 'joined', chatId };
}

function forUsername(username: string, query: URLSearchParams): TelegramLink | undefined {
  if (username === '') return undefined;
  const group = query.get('startgroup');
  if (group !== null) {
    const admin = query.get('admin');
    const rights = admin === null ? undefined : admin.split(/[+ ]/).filter(Boolean);
    const link = { kind: 'startgroup', bot: username, payload: group } as const;
    return rights === undefined ? link : { ...link, rights };
  }
  const payload = query.get('start');
  return payload === null ? { kind: 'profile', username } : { kind: 'start', bot: username, payload };
}

function parse(url: string): URL | undefined {
  const full = /^[a-z]+:/i.test(url) ? url : `https://${url}`;
  return URL.canParse(full) ? new URL(full) : undefined;
}
