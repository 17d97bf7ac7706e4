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

interface Candidate extends PreviewedMember {
  audiences: string[];
  standing: Standing;
  presence: Presence;
  grace_until: Date | null;
}

const NAMED = 50;

const readCurrent: Statement = {
  name: 'preview-current-rule',
  text: `select groups.platform, rule.audiences, rule.admit_at as "admitAt", rule.keep_at as "keepAt"
         from groups left join rules rule on rule.group_id = groups.id and rule.superseded_at is null
         where groups.id = $1`,
};

/** One pass over the balances, then a look at the few whose karma lies where the rules differ. */
const readCandidates: Statement = {
  name: 'preview-candidates',
  text: `select balance.karma, member.external_id as member, coalesce(member.display_name, member.external_id) as name,
                member.audiences, coalesce(membership.standing, 'none') as standing,
                coalesce(membership.presence, 'unknown') as presence, membership.grace_until
         from karma_balances balance
         join accounts account on account.member_id = balance.member_id and account.platform = $2
         join members member on member.id = balance.member_id
         left join memberships membership on membership.member_id = balance.member_id and membership.group_id = $1
         where balance.karma >= $3::bigint and balance.karma < $4::bigint`,
};

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
    const candidates = await run<Candidate>(pool, readCandidates, [groupId, current.platform, from, below]);
    return tell(candidates, after, rule.graceHours, this.clock.now());
  }
}

function tell(candidates: Candidate[], rule: Thresholds, graceHours: number, now: Date): RulePreview {
  const found: Record<keyof RulePreview, Candidate[]> = {
    admitted: [],
    warned: [],
    removed: [],
    recovered: [],
  };
  for (const candidate of candidates) {
    const { standing, presence, grace_until: graceUntil } = candidate;
    const decision = entitle({ ...candidate, linked: true }, rule, countsAsIn(standing, presence));
    const next = step({ standing, presence, decision, graceUntil, graceHours }, now);
    for (const effect of next.effects) {
      const consequence = consequenceOf(effect);
      if (consequence && next.standing !== standing) found[consequence].push(candidate);
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

function name(candidates: Candidate[]): PreviewedGroup {
  const members = candidates
    .toSorted((a, b) => b.karma - a.karma)
    .slice(0, NAMED)
    .map(({ member, name, karma }) => ({ member, name, karma }));
  return { count: candidates.length, members };
}
