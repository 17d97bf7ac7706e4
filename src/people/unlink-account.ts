import { Injectable } from '@nestjs/common';
import { putDueMembers } from '../jobs/due-members';
import { Database } from '../platform/database/database';
import { inTransaction } from '../platform/database/transaction';

/** Takes an account away from its member. What was open through it closes without grace: they asked for it. */
@Injectable()
export class UnlinkAccount {
  constructor(private readonly database: Database) {}

  /** Whether there was something to unlink. */
  async unlink(memberId: number, platform: string): Promise<boolean> {
    return inTransaction(this.database.pool, async (client) => {
      const { rowCount } = await client.query('delete from accounts where member_id = $1 and platform = $2', [
        memberId,
        platform,
      ]);
      if (rowCount) await putDueMembers(client, [memberId]);
      return rowCount === 1;
    });
  }
}
