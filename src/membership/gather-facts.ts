import type { ClientBase, Pool } from 'pg';
import { run, type Statement } from '../platform/database/statement';
import type { MilestoneFacts } from './milestone.policy';
import type { Presence, Standing } from './standing.policy';

/** All that is known of a member, read at once. */
export interface Facts {
  memberId: number;
  externalId: string;
  name: string;
  audiences: string[];
  locale: string | null;
  karma: number;
  /** The version of the work list's row that this look serves; null when the member was not due. */
  dueVersion: number | null;
  accounts: {
    platform: string;
    userId: string;
    displayName: string;
    username: string | null;
    reachable: boolean;
  }[];
  groups: GroupFacts[];
  openEffects: { id: number; groupId: number; kind: string }[];
}

export interface GroupFacts {
  groupId: number;
  platform: string;
  title: string;
  inviteLink: string | null;
  audiences: string[];
  admitAt: number;
  keepAt: number;
  graceHours: number;
  milestones: MilestoneFacts[];
  platformUserId: string | null;
  presence: Presence;
  standing: Standing;
  graceUntil: string | null;
  highestKarma: number | null;
  /** Whether there is a row for this member in this group yet. */
  known: boolean;
}

const gather: Statement = {
  name: 'gather-facts',
  text: `
select member.id as "memberId", member.external_id as "externalId",
       coalesce(member.display_name, member.external_id) as name, member.audiences, member.locale,
       coalesce(balance.karma, 0) as karma, due.version as "dueVersion",
       coalesce((select jsonb_agg(jsonb_build_object('platform', platform, 'userId', platform_user_id,
                          'displayName', display_name, 'username', username, 'reachable', reachable))
                 from accounts where member_id = member.id), '[]') as accounts,
       coalesce((select jsonb_agg(jsonb_build_object('id', id, 'groupId', group_id, 'kind', kind))
                 from effects where member_id = member.id and status = 'open'), '[]') as "openEffects",
       coalesce((
         select jsonb_agg(jsonb_build_object(
                  'groupId', groups.id, 'platform', groups.platform, 'title', groups.title,
                  'inviteLink', groups.invite_link, 'audiences', rule.audiences, 'admitAt', rule.admit_at,
                  'keepAt', rule.keep_at, 'graceHours', rule.grace_hours,
                  'milestones', coalesce((select jsonb_agg(jsonb_build_object('id', id, 'karma', karma, 'text', text))
                                          from milestones where group_id = groups.id), '[]'),
                  'platformUserId', membership.platform_user_id,
                  'presence', coalesce(membership.presence, 'unknown'),
                  'standing', coalesce(membership.standing, 'none'),
                  'graceUntil', membership.grace_until, 'highestKarma', membership.highest_karma,
                  'known', membership.member_id is not null) order by groups.id)
         from groups
         join rules rule on rule.group_id = groups.id and rule.superseded_at is null
         left join memberships membership on membership.member_id = member.id and membership.group_id = groups.id
         where groups.status <> 'unclaimed'), '[]') as groups
from members member
left join karma_balances balance on balance.member_id = member.id
left join due_members due on due.member_id = member.id
where member.id = $1`,
};

export async function gatherFacts(
  connection: ClientBase | Pool,
  memberId: number,
): Promise<Facts | undefined> {
  const [facts] = await run<Facts>(connection, gather, [memberId]);
  return facts;
}
