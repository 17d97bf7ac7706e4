import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { run, type Statement } from '../platform/database/statement';
import { DomainError } from '../platform/domain-error';
import type { NewRule } from '../rules/groups.schema';
import { entitle } from './entitle.policy';
import { ruleDifference, type Thresholds } from './rule-difference.policy';
import { countsAsIn, type Presence, type Standing, step, type StepEffect } from './standing.policy';

export interface PreviewedMember {
  member: string;
  name: string;
  karma: number;
}

export interface RulePreview {
  admitted: PreviewedGroup;
  warned: PreviewedGroup;
  removed: PreviewedGroup;
  recovered: PreviewedGroup;
}

interface PreviewedGroup {
  count: number;
  /** The first of them, by karma. */
  members: PreviewedMember[];
}

/** Members whom the rule treats alike, because all that a decision looks at is the same for them. */
interface Alike {
  count: number;
  /** The first of them, by karma. */
  members: (PreviewedMember & {
    audiences: string[];
    standing: Standing;
    presence: Presence;
    graceUntil: string | null;
  })[];
}

const NAMED = 50;

const readCurrent: Statement = {
  name: 'preview-current-rule',
  text: `select groups.platform, rule.audiences, rule.admit_at as "admitAt", rule.keep_at as "keepAt"
         from groups left join rules rule on rule.group_id = groups.id and rule.superseded_at is null
         where groups.id = $1`,
};

/**
 * One pass over the balances, a look at those whose karma lies where the rules differ, and the names of a few. Whoever
 * is alike is counted here: reading twenty thousand rows took as long as finding them. Not a prepared statement, because
 * how many lie in the range decides how they are best looked up.
 */
const readAlike = `
with concerned as (
  select balance.member_id, balance.karma, membership.standing, membership.presence,
         membership.grace_until <= $8::timestamptz as grace_is_over,
         balance.karma >= $5::bigint as reaches_admission, balance.karma >= $6::bigint as reaches_keeping,
         cardinality($7::text[]) = 0 or exists (select from members
                                                where id = balance.member_id and audiences && $7) as is_in_audience
  from karma_balances balance
  join accounts account on account.member_id = balance.member_id and account.platform = $2
  left join memberships membership on membership.member_id = balance.member_id and membership.group_id = $1
  where balance.karma >= $3::bigint and balance.karma < $4::bigint
), alike as (
  select count(*)::integer as count, (array_agg(member_id order by karma desc))[1:${NAMED}] as first
  from concerned
  group by standing, presence, grace_is_over, reaches_admission, reaches_keeping, is_in_audience
)
select count, (
  select jsonb_agg(jsonb_build_object(
           'member', member.external_id, 'name', coalesce(member.display_name, member.external_id),
           'karma', balance.karma, 'audiences', member.audiences,
           'standing', coalesce(membership.standing, 'none'), 'presence', coalesce(membership.presence, 'unknown'),
           'graceUntil', membership.grace_until) order by balance.karma desc)
  from unnest(first) as named
  join members member on member.id = named
  join karma_balances balance on balance.member_id = named
  left join memberships membership on membership.member_id = named and membership.group_id = $1
) as members
from alike`;

/** What a rule would mean, told by the same decision that would carry it out. Nothing is changed. */
@Injectable()
export class PreviewRule {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `unknown-group` (404). */
  async preview(groupId: number, rule: NewRule): Promise<RulePreview> {
    const pool = this.database.pool;
    const [current] = await run<Partial<Thresholds> & { platform: string }>(pool, readCurrent, [groupId]);
    if (!current) {
      throw new DomainError('unknown-group', 404, `There is no group ${groupId}: GET /v1/groups lists them.`);
    }
    const after = { audiences: rule.audiences, admitAt: rule.admitAt, keepAt: rule.keepAt ?? rule.admitAt };
    const before = typeof current.admitAt === 'number' ? [current as Thresholds] : [];
    const { from, below } = ruleDifference(before, after);
    const now = this.clock.now();
    const { rows } = await pool.query<Alike>(readAlike, [
      groupId,
      current.platform,
      from,
      below,
      after.admitAt,
      after.keepAt,
      after.audiences,
      now,
    ]);
    return tell(rows, after, rule.graceHours, now);
  }
}

function tell(alike: Alike[], rule: Thresholds, graceHours: number, now: Date): RulePreview {
  const found: Record<keyof RulePreview, Alike[]> = { admitted: [], warned: [], removed: [], recovered: [] };
  for (const some of alike) {
    const [one] = some.members;
    if (!one) continue;
    const { standing, presence } = one;
    const graceUntil = one.graceUntil === null ? null : new Date(one.graceUntil);
    const decision = entitle({ ...one, linked: true }, rule, countsAsIn(standing, presence));
    const next = step({ standing, presence, decision, graceUntil, graceHours }, now);
    for (const effect of next.effects) {
      const consequence = consequenceOf(effect);
      if (consequence && next.standing !== standing) found[consequence].push(some);
    }
  }
  return {
    admitted: name(found.admitted),
    warned: name(found.warned),
    removed: name(found.removed),
    recovered: name(found.recovered),
  };
}

function consequenceOf(effect: StepEffect): keyof RulePreview | undefined {
  switch (effect.kind) {
    case 'invite':
    case 'approve':
      return 'admitted';
    case 'warn':
      return 'warned';
    case 'remove':
      return 'removed';
    case 'notify':
      return effect.about === 'recovered' ? 'recovered' : undefined;
    case 'decline':
      return undefined;
  }
}

function name(alike: Alike[]): PreviewedGroup {
  const members = alike
    .flatMap(({ members }) => members)
    .toSorted((a, b) => b.karma - a.karma)
    .slice(0, NAMED)
    .map(({ member, name, karma }) => ({ member, name, karma }));
  return { count: alike.reduce((sum, { count }) => sum + count, 0), members };
}
