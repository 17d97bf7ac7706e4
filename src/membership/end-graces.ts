import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { putDueMembers } from '../jobs/due-members';
import { onceAcrossReplicas } from '../jobs/once-across-replicas';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';

const MEMBERS_AT_ONCE = 1000;

/** Puts members whose grace is over on the work list; the decision, not the sweep, removes them. */
@Injectable()
export class EndGraces {
  private readonly log = new Logger('graces');

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Interval(2000)
  async sweep(): Promise<void> {
    try {
      await onceAcrossReplicas(this.database.pool, 'end-graces', async (client) => {
        const { rows } = await client.query<{ member_id: number }>(
          `select member_id from memberships where grace_until <= $1 and presence in ('in', 'restricted')
             and not exists (select from due_members due where due.member_id = memberships.member_id)
           order by grace_until limit $2`,
          [this.clock.now(), MEMBERS_AT_ONCE],
        );
        await putDueMembers(
          client,
          rows.map((row) => row.member_id),
        );
      });
    } catch (error) {
      this.log.warn(`ended graces wait for the next sweep: ${(error as Error).message}`);
    }
  }
}
