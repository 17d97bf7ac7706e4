import { type Decision, entitle } from './entitle.policy';
import type { Facts, GroupFacts } from './gather-facts';
import { isLinked, keepsIdentity } from './linked-identity.policy';
import { milestonePassed } from './milestone.policy';
import { countsAsIn, isInside, type Standing, step, type StepEffect } from './standing.policy';
import { stillWanted } from './still-wanted.policy';

/** What a look at a member comes to: rows to write, effects to open, effects to cancel. */
export interface Plan {
  memberships: PlannedMembership[];
  effects: PlannedEffect[];
  cancelled: number[];
}

export interface PlannedMembership {
  groupId: number;
  platformUserId: string | null;
  standing: Standing;
  decision: Decision;
  graceUntil: string | null;
  highestKarma: number | null;
}

export interface PlannedEffect {
  groupId: number;
  platform: string;
  kind: StepEffect['kind'] | 'celebrate';
  /** Effects of one lane happen one after another. */
  lane: string;
  payload: Record<string, unknown>;
}

export function planMember(facts: Facts, now: Date): Plan {
  const plan: Plan = { memberships: [], effects: [], cancelled: [] };
  for (const group of facts.groups) planGroup(facts, group, now, plan);
  return plan;
}

function planGroup(facts: Facts, group: GroupFacts, now: Date, plan: Plan): void {
  const account = facts.accounts.find(({ platform }) => platform === group.platform);
  const decision = entitle(
    { karma: facts.karma, audiences: facts.audiences, linked: isLinked(facts.accounts, group) },
    group,
    countsAsIn(group.standing, group.presence),
  );
  if (!group.known && !decision.entitled) return;
  const graceUntil = group.graceUntil === null ? null : new Date(group.graceUntil);
  const next = step({ ...group, decision, graceUntil }, now);
  const platformUserId = keepsIdentity(group)
    ? group.platformUserId
    : (account?.userId ?? group.platformUserId);
  const inside = next.standing === 'in' && isInside(group.presence);
  const milestone = inside ? milestonePassed(group.highestKarma, facts.karma, group.milestones) : undefined;
  plan.memberships.push({
    groupId: group.groupId,
    platformUserId,
    standing: next.standing,
    decision,
    graceUntil: next.graceUntil?.toISOString() ?? null,
    highestKarma: inside ? Math.max(group.highestKarma ?? facts.karma, facts.karma) : group.highestKarma,
  });
  const person = `${group.platform}:person:${platformUserId}`;
  for (const effect of next.effects) {
    const { kind, ...rest } = effect;
    const payload = { ...rest, userId: platformUserId };
    plan.effects.push({ groupId: group.groupId, platform: group.platform, kind, lane: person, payload });
  }
  if (milestone) {
    plan.effects.push({
      groupId: group.groupId,
      platform: group.platform,
      kind: 'celebrate',
      lane: `${group.platform}:group:${group.groupId}`,
      payload: { karma: milestone.karma, text: milestone.text, userId: platformUserId },
    });
  }
  for (const open of facts.openEffects) {
    if (open.groupId === group.groupId && !stillWanted(open.kind, next.standing, group.presence)) {
      plan.cancelled.push(open.id);
    }
  }
}
