import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { onceAcrossReplicas } from '../jobs/once-across-replicas';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';

const HOUR_MS = 60 * 60 * 1000;
/** So long an old link is still told to be old, rather than unknown. */
const KEPT_MS = 7 * 24 * HOUR_MS;

/** Deletes tickets that expired a week ago. */
@Injectable()
export class ForgetTickets {
  private readonly log = new Logger('housekeeping');

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Interval(HOUR_MS)
  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    try {
      await onceAcrossReplicas(this.database.pool, 'forget-tickets', async (client) => {
        await client.query('delete from tickets where expires_at < $1', [before]);
      });
    } catch (error) {
      this.log.warn(`expired tickets wait for the next sweep: ${(error as Error).message}`);
    }
  }
}
