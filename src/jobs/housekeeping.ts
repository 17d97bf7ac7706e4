import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Database } from '../platform/database/database';
import { onceAcrossReplicas } from './once-across-replicas';

/** Long enough to answer a question about what happened, short enough to stay small. */
const KEPT = '90 days';

/** Deletes what nobody will ask for again: finished effects, handled updates, paces of chats that are silent. */
@Injectable()
export class Housekeeping {
  private readonly log = new Logger('housekeeping');

  constructor(private readonly database: Database) {}

  @Cron('17 3 * * *')
  async sweep(): Promise<void> {
    try {
      await onceAcrossReplicas(this.database.pool, 'housekeeping', async (client) => {
        await client.query(`delete from effects where finished_at < now() - interval '${KEPT}'`);
        await client.query(`delete from inbox_updates where handled_at < now() - interval '3 days'`);
        await client.query(
          `delete from paces where not_before < now() and taken[cardinality(taken)] < now() - interval '1 day'`,
        );
      });
    } catch (error) {
      this.log.warn(`housekeeping waits for tomorrow: ${(error as Error).message}`);
    }
  }
}
