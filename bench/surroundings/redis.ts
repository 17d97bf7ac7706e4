import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../launch/free-port';

export interface RedisProcess {
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 10_000;

/** A redis-server with an append-only file, as a queue wants it; undefined where there is no such program. */
export async function startRedis(dir: string): Promise<RedisProcess | undefined> {
  await mkdir(dir);
  const port = await freePort();
  const settings = {
    port: `${port}`,
    bind: '127.0.0.1',
    dir,
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('redis-server', [...args, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
  const isThere = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]);
  if (!isThere) return undefined;
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    version: await untilItAnswers(url, child),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<string> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline) throw error;
      await delay(20);
    } finally {
      redis.disconnect();
    }
  }
}
