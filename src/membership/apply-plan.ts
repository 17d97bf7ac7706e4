import type { ClientBase } from 'pg';
import { run, type Statement } from '../platform/database/statement';
import type { Plan } from './plan-member.policy';

/**
 * Writes a plan: one statement for standings, effects and the work list. An effect that is under way or half done is not
 * cancelled, because only finishing it makes true what is known of it; news that comes while older news of its kind is
 * being told waits behind it. The work list's row goes only if nothing was put on it since it was read.
 */
const apply: Statement = {
  name: 'apply-plan',
  text: `
with planned as (
  select * from jsonb_to_recordset($2::jsonb) as planned ("groupId" bigint, "platformUserId" text, standing text,
    decision jsonb, "graceUntil" timestamptz, "highestKarma" bigint)
), saved as (
  insert into memberships as membership
    (member_id, group_id, platform_user_id, standing, decision, grace_until, highest_karma)
  select $1, "groupId", "platformUserId", standing, decision, "graceUntil", "highestKarma" from planned
  on conflict (member_id, group_id) do update
    set platform_user_id = excluded.platform_user_id, standing = excluded.standing, decision = excluded.decision,
        grace_until = excluded.grace_until, highest_karma = excluded.highest_karma, updated_at = now()
    where (membership.platform_user_id, membership.standing, membership.decision, membership.grace_until,
           membership.highest_karma)
      is distinct from (excluded.platform_user_id, excluded.standing, excluded.decision, excluded.grace_until,
           excluded.highest_karma)
), cancelled as (
  update effects set status = 'cancelled', finished_at = now()
  where member_id = $1 and id = any($4::bigint[]) and status = 'open' and progress is null
    and (leased_until is null or leased_until < now())
), opened as (
  insert into effects (member_id, group_id, platform, kind, lane, payload)
  select $1, "groupId", platform, kind, lane, payload
  from jsonb_to_recordset($3::jsonb) as wanted ("groupId" bigint, platform text, kind text, lane text, payload jsonb)
  on conflict (member_id, group_id, kind) where status = 'open' do update
    set payload = case when excluded.kind in ('warn', 'notify', 'celebrate')
                         and (effects.progress is not null or effects.leased_until >= now())
                       then effects.payload || jsonb_build_object('next', excluded.payload)
                       else excluded.payload end
  returning id
), served as (
  delete from due_members where member_id = $1 and version = $5
)
select exists (select from opened) as opened`,
};

/** Whether it opened effects, which the relay should know once the transaction is over. */
export async function applyPlan(
  client: ClientBase,
  memberId: number,
  plan: Plan,
  dueVersion: number | null,
): Promise<boolean> {
  const [applied] = await run<{ opened: boolean }>(client, apply, [
    memberId,
    JSON.stringify(plan.memberships),
    JSON.stringify(plan.effects),
    plan.cancelled,
    dueVersion,
  ]);
  return applied!.opened;
}
