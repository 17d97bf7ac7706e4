import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startPostgres } from '../../launch/postgres';
import { type RedisProcess, startRedis } from './redis';

type Stop = () => Promise<unknown>;

/** What measurements stand on: a PostgreSQL and a Redis that nobody else uses, thrown away afterwards. */
export interface Stand {
  readonly postgres: EmbeddedPostgres;
  readonly postgresPid: number;
  /** Undefined where there is no redis-server. */
  readonly redis: RedisProcess | undefined;
  /** What is started on the stand is stopped with it, the last first. */
  onClose(stop: Stop): void;
  close(): Promise<void>;
}

const GIGABYTE = 1024 ** 3;

/**
 * Durable like in production (fsync, synchronous_commit and full_page_writes on), and on the disk. Memory and log are
 * large enough that no checkpoint falls into one arm and not into another.
 */
export function postgresSettings(): Record<string, string> {
  const buffers = Math.min(2, totalmem() / GIGABYTE / 4);
  return {
    shared_buffers: `${Math.round(buffers * 1024)}MB`,
    max_wal_size: '8GB',
    checkpoint_timeout: '30min',
  };
}

export async function openStand(): Promise<Stand> {
  const dir = await mkdtemp(join(tmpdir(), 'karmagate-bench-'));
  // The database of a run by root belongs to another account, which must be able to enter.
  await chmod(dir, 0o755);
  const stops: Stop[] = [() => rm(dir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).toReversed()) await stop().catch(() => undefined);
  };
  try {
    const postgres = await startPostgres({ dataDir: join(dir, 'postgres'), settings: postgresSettings() });
    stops.push(() => postgres.stop());
    const redis = await startRedis(join(dir, 'redis'));
    if (redis) stops.push(() => redis.stop());
    const pidFile = join(dir, 'postgres', 'cluster', 'postmaster.pid');
    const postgresPid = Number.parseInt(await readFile(pidFile, 'utf8'), 10);
    return { postgres, postgresPid, redis, onClose: (stop) => stops.push(stop), close };
  } catch (error) {
    await close();
    throw error;
  }
}
