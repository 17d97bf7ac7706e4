/** What a group asks for, and what is known of a member: all that a decision rests on. */
export interface RuleFacts {
  /** Empty means everybody. */
  audiences: readonly string[];
  admitAt: number;
  keepAt: number;
}

export interface MemberFacts {
  karma: number;
  audiences: readonly string[];
  /** Whether the member has an account on the group's platform. */
  linked: boolean;
}

export type Reason =
  | { code: 'karma_enough'; karma: number; needed: number }
  | { code: 'karma_short'; karma: number; needed: number; missing: number }
  | { code: 'audience_missing'; audiences: readonly string[] }
  | { code: 'not_linked' };

export interface Decision {
  entitled: boolean;
  reasons: Reason[];
}

/**
 * Whether the rule lets this member be in the group, with the reasons. `inside` tells whether the member is already
 * there: who is in stays at keepAt, who is out needs admitAt, and between the two nothing changes.
 */
export function entitle(member: MemberFacts, rule: RuleFacts, inside: boolean): Decision {
  const needed = inside ? rule.keepAt : rule.admitAt;
  const refusals: Reason[] = [];
  if (!member.linked) refusals.push({ code: 'not_linked' });
  if (rule.audiences.length > 0 && !rule.audiences.some((audience) => member.audiences.includes(audience))) {
    refusals.push({ code: 'audience_missing', audiences: rule.audiences });
  }
  if (member.karma < needed) {
    refusals.push({ code: 'karma_short', karma: member.karma, needed, missing: needed - member.karma });
  }
  if (refusals.length > 0) return { entitled: false, reasons: refusals };
  return { entitled: true, reasons: [{ code: 'karma_enough', karma: member.karma, needed }] };
}
