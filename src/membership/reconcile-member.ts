import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { JobPayload, JobResult } from '../jobs/catalogue';
import { HandlesJob, type JobHandler } from '../jobs/job-handler';
import { Relay } from '../jobs/relay';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { relaxedCommit } from '../platform/database/relaxed-commit';
import { run, type Statement } from '../platform/database/statement';
import { inTransaction } from '../platform/database/transaction';
import { applyPlan } from './apply-plan';
import { gatherFacts } from './gather-facts';
import { planMember } from './plan-member.policy';

/**
 * The commit need not wait for the disk: a crash that undoes the look leaves the member on the work list, and what was
 * done on a platform meanwhile is written down by commits that wait.
 */
const lockMember: Statement = {
  name: 'lock-member',
  text: `select id, ${relaxedCommit} from members where id = $1 for no key update`,
};

/** A member whose look fails is looked at later and later, so that one bad row does not keep the workers busy. */
const backOff: Statement = {
  name: 'back-off-member',
  text: `update due_members set failures = failures + 1, dispatched_at = null,
           not_before = now() + least(10 * 2 ^ least(failures, 6), 600) * interval '1 second'
         where member_id = $1`,
};

/**
 * Looks at a member again: lock, read what is true now, decide, write. Two looks at one member happen one after the
 * other, and one that finds nothing changed writes nothing.
 */
@Injectable()
@HandlesJob('reconcile-member')
export class ReconcileMember implements JobHandler<'reconcile-member'> {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly relay: Relay,
  ) {}

  async handle({ memberId }: JobPayload<'reconcile-member'>): Promise<JobResult> {
    try {
      const { result, opened } = await inTransaction(this.database.pool, (client) =>
        this.look(client, memberId),
      );
      if (opened) this.relay.wake('effects');
      return result;
    } catch (error) {
      await run(this.database.pool, backOff, [memberId]).catch(() => {});
      throw error;
    }
  }

  private async look(client: PoolClient, memberId: number): Promise<{ result: JobResult; opened: boolean }> {
    await run(client, lockMember, [memberId]);
    const facts = await gatherFacts(client, memberId);
    if (!facts?.dueVersion) return { result: 'skipped', opened: false };
    const plan = planMember(facts, this.clock.now());
    return { result: 'done', opened: await applyPlan(client, memberId, plan, facts.dueVersion) };
  }
}
