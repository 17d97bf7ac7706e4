import { Redis } from 'ioredis';
import { QUEUE_SCHEMA } from '../../src/platform/database/migrate';
import type { TestApplication } from './application';

/** Deletes all that the queue knows, as an operator might; answers how many effects were waiting in it. */
export function wipeQueue(app: TestApplication): Promise<number> {
  return app.redis ? flushRedis(app.redis.url, app.environment['QUEUE_PREFIX']!) : deleteJobs(app);
}

async function flushRedis(url: string, prefix: string): Promise<number> {
  const redis = new Redis(url);
  try {
    const results = await redis.multi().llen(`{${prefix}}:effects:wait`).flushdb().exec();
    return Number(results?.[0]?.[1]);
  } finally {
    redis.disconnect();
  }
}

async function deleteJobs({ pool }: TestApplication): Promise<number> {
  const { rows } = await pool.query<{ waiting: number }>(
    `with gone as (delete from ${QUEUE_SCHEMA}.job returning queue, state::text)
     select count(*)::integer as waiting from gone where queue = 'effects' and state = 'waiting'`,
  );
  return rows[0]!.waiting;
}
