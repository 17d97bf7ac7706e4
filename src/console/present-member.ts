import type { Explanation } from '../membership/explain-member';
import type { MemberView } from './member-view.schema';

export function presentMember({ facts, groups }: Explanation): MemberView {
  return {
    externalId: facts.externalId,
    displayName: facts.name,
    karma: facts.karma,
    audiences: facts.audiences,
    locale: facts.locale,
    accounts: facts.accounts.map(({ platform, displayName, username }) => ({
      platform,
      displayName,
      username,
    })),
    groups: groups.map(({ groupId, title, standing, presence, decision, graceUntil }) => ({
      id: groupId,
      title,
      standing,
      presence,
      entitled: decision.entitled,
      reasons: decision.reasons.map((reason) =>
        reason.code === 'audience_missing' ? { ...reason, audiences: [...reason.audiences] } : reason,
      ),
      missing: Math.max(
        0,
        ...decision.reasons.map((reason) => (reason.code === 'karma_short' ? reason.missing : 0)),
      ),
      graceUntil: graceUntil === null ? null : new Date(graceUntil).toISOString(),
    })),
  };
}
