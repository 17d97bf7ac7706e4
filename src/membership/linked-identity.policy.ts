import { isInside, type Presence } from './standing.policy';

interface Identity {
  platform: string;
  platformUserId: string | null;
  presence: Presence;
}

/**
 * Whether a member has an account that counts in a group. While somebody is inside, it must be the one that was let in:
 * who links another meanwhile has unlinked the one that is inside.
 */
export function isLinked(
  accounts: readonly { platform: string; userId: string }[],
  group: Identity,
): boolean {
  const account = accounts.find(({ platform }) => platform === group.platform);
  if (!account) return false;
  return !keepsIdentity(group) || account.userId === group.platformUserId;
}

/**
 * While somebody is inside, or banned by a human, the identity that was let in or banned is the one to act upon, even after
 * another was linked.
 */
export function keepsIdentity({
  platformUserId,
  presence,
}: Pick<Identity, 'platformUserId' | 'presence'>): boolean {
  return platformUserId !== null && (isInside(presence) || presence === 'banned');
}
