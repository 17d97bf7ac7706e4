import { Redis } from 'ioredis';
import { requireUrl } from './database';

/** An empty Redis database of this Jest worker's own, on the server that the run has started. */
export interface TestRedis {
  readonly url: string;
  /** Deletes everything in it, as an operator's FLUSHDB would. */
  flush(): Promise<void>;
}

export async function createTestRedis(): Promise<TestRedis> {
  const url = `${requireUrl('TEST_REDIS_URL')}/${process.env['JEST_WORKER_ID'] ?? '0'}`;
  const flush = async (): Promise<void> => {
    const redis = new Redis(url);
    try {
      await redis.flushdb();
    } finally {
      redis.disconnect();
    }
  };
  await flush();
  return { url, flush };
}
