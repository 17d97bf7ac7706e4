import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../platform/database/transaction';

/**
 * Runs a sweep in one transaction, unless another process is running the same one: then this one has nothing to do.
 * The lock is the transaction's, so that it is let go whatever happens to the process.
 */
export async function onceAcrossReplicas(
  pool: Pool,
  name: string,
  sweep: (client: PoolClient) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine`,
      [`karmagate:sweep:${name}`],
    );
    if (rows[0]?.mine) await sweep(client);
  });
}
