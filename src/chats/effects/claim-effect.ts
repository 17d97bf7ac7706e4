import type { Pool } from 'pg';
import { run, type Statement } from '../../platform/database/statement';
import type { EffectContext } from './effect-context';
import { LEASE_SECONDS } from './lease';

/**
 * Takes an open effect for this worker alone and reads what it needs. Whoever comes second, because the queue gave the
 * job out twice or the first was slow, gets nothing.
 */
const claim: Statement = {
  name: 'claim-effect',
  text: `
with claimed as (
  update effects set leased_until = now() + interval '${LEASE_SECONDS} seconds', attempts = attempts + 1
  where id = $1 and status = 'open' and due_at <= now() and (leased_until is null or leased_until < now())
  returning *
)
select claimed.member_id as "memberId", claimed.id as "effectId", claimed.group_id as "groupId", claimed.platform,
       claimed.kind, claimed.payload, claimed.progress, claimed.attempts,
       coalesce(member.display_name, member.external_id) as name, member.locale, coalesce(balance.karma, 0) as karma,
       jsonb_build_object('title', groups.title, 'chatId', groups.chat_id, 'inviteLink', groups.invite_link,
                          'pinnedMessageId', groups.pinned_message_id) as "group",
       coalesce(membership.standing, 'none') as standing, coalesce(membership.presence, 'unknown') as presence,
       membership.presence_at as "presenceAt", coalesce(membership.presence_order, 0) as "presenceOrder",
       coalesce(membership.decision->'reasons', '[]') as reasons, membership.grace_until as "graceUntil",
       membership.contact_id as "contactId", membership.contact_until as "contactUntil"
from claimed
join members member on member.id = claimed.member_id
join groups on groups.id = claimed.group_id
left join karma_balances balance on balance.member_id = claimed.member_id
left join memberships membership
  on membership.member_id = claimed.member_id and membership.group_id = claimed.group_id`,
};

export async function claimEffect(pool: Pool, effectId: number): Promise<EffectContext | undefined> {
  const [context] = await run<EffectContext>(pool, claim, [effectId]);
  return context;
}
