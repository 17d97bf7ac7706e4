import { Redis } from 'ioredis';
import { LaunchError } from './launch-error';

/** The application lives through an outage of its queue; somebody who starts it with a wrong address should hear so. */
export async function requireRedis(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: 5000 });
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const { host } = new URL(url);
    throw new LaunchError(
      `Redis cannot be used at ${host} (${(error as Error).message}): start it, or correct REDIS_URL.`,
    );
  } finally {
    redis.disconnect();
  }
}
