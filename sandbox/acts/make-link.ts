// A new invite link. Its hash is as long and as random as Telegram's.
import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../sandbox';
import type { InviteLink, Room } from '../state/room';

export type LinkOptions = Partial<
  Pick<InviteLink, 'name' | 'expireDate' | 'memberLimit' | 'asksFirst' | 'primary'>
>;

export function makeLink(sandbox: Sandbox, room: Room, creatorId: number, options: LinkOptions): InviteLink {
  const link: InviteLink = {
    url: `https://t.me/+${randomBytes(12).toString('base64url')}`,
    chatId: room.id,
    creatorId,
    asksFirst: false,
    primary: false,
    ...options,
    revoked: false,
    inside: new Set(),
    pending: 0,
  };
  sandbox.world.links.set(link.url, link);
  room.links.push(link.url);
  sandbox.news.tell({ kind: 'chat', id: room.id });
  return link;
}

/** Why a link no longer lets anybody in, or undefined while it does. */
export function whyShut(link: InviteLink, nowSeconds: number): 'revoked' | 'expired' | 'full' | undefined {
  if (link.revoked) return 'revoked';
  if (link.expireDate !== undefined && link.expireDate <= nowSeconds) return 'expired';
  if (link.memberLimit !== undefined && link.inside.size >= link.memberLimit) return 'full';
  return undefined;
}
