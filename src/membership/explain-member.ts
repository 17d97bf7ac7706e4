import { Injectable } from '@nestjs/common';
import { unknownMember } from '../karma/unknown-member';
import { Database } from '../platform/database/database';
import { run, type Statement } from '../platform/database/statement';
import { type Decision, entitle } from './entitle.policy';
import { type Facts, gatherFacts, type GroupFacts } from './gather-facts';
import { isLinked } from './linked-identity.policy';
import { countsAsIn } from './standing.policy';

export interface Explanation {
  facts: Facts;
  groups: (GroupFacts & { decision: Decision })[];
}

const findByExternalId: Statement = {
  name: 'find-member-by-external-id',
  text: 'select id from members where external_id = $1',
};

const findByAccount: Statement = {
  name: 'find-member-by-account',
  text: 'select member_id as id from accounts where platform = $1 and platform_user_id = $2',
};

/** Why a member is in or out, group by group: the decision as it would be taken at this moment. */
@Injectable()
export class ExplainMember {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `unknown-member` (404). */
  async byExternalId(externalId: string): Promise<Explanation> {
    const [member] = await run<{ id: number }>(this.database.pool, findByExternalId, [externalId]);
    const explanation = member && (await this.explain(member.id));
    if (!explanation) throw unknownMember(externalId);
    return explanation;
  }

  /** Undefined when the account is linked to nobody. */
  async byAccount(platform: string, platformUserId: string): Promise<Explanation | undefined> {
    const [member] = await run<{ id: number }>(this.database.pool, findByAccount, [platform, platformUserId]);
    return member && this.explain(member.id);
  }

  private async explain(memberId: number): Promise<Explanation | undefined> {
    const facts = await gatherFacts(this.database.pool, memberId);
    if (!facts) return undefined;
    return { facts, groups: facts.groups.map((group) => ({ ...group, decision: decide(facts, group) })) };
  }
}

function decide(facts: Facts, group: GroupFacts): Decision {
  return entitle(
    { ...facts, linked: isLinked(facts.accounts, group) },
    group,
    countsAsIn(group.standing, group.presence),
  );
}
