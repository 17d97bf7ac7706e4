import { done, type Outcome } from '../outcome';
import type { EffectContext } from './effect-context';
import type { Tools } from './performer';

/** The group's one link; made when it has none yet, or its old one went with the chat's old id. */
export async function ensureJoinLink(
  { groupId, group }: Pick<EffectContext, 'groupId' | 'group'>,
  { gateway, pool }: Pick<Tools, 'gateway' | 'pool'>,
): Promise<Outcome<{ link: string }>> {
  if (group.inviteLink) return done({ link: group.inviteLink });
  if (!group.chatId) return { kind: 'gone', what: 'chat', problem: 'The group has no chat.' };
  const made = await gateway.createJoinLink(group.chatId);
  if (made.kind !== 'done') return made;
  // Two workers may make one at once: the first is kept, and the other is never given to anybody.
  const { rows } = await pool.query<{ invite_link: string }>(
    'update groups set invite_link = coalesce(invite_link, $2) where id = $1 returning invite_link',
    [groupId, made.value.link],
  );
  return done({ link: rows[0]?.invite_link ?? made.value.link });
}
