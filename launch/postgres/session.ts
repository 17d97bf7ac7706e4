import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/**
 * The launcher's own connection to its server. It holds an advisory lock for as long as the launcher lives, however it
 * dies: whoever gets the lock is the only launcher of that database, and no stale lock file can ever be in the way.
 */
const LAUNCHER_LOCK = 7_305_801;
const APPLICATION = 'karmagate launcher';
/** Recovery after a crash replays at most a gigabyte of log (max_wal_size). */
const START_LIMIT_MS = 120_000;

/** Keeps trying while the server is on its way up or down, until it is gone. */
export async function openSession(
  port: number,
  password: string,
  isGone: () => boolean | Promise<boolean>,
): Promise<{ session: Client; failure?: never } | { session?: never; failure: string }> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const client = new Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password,
      database: 'postgres',
      ssl: false,
      connectionTimeoutMillis: 5_000,
      application_name: `${APPLICATION} ${process.pid}`,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return { session: client };
    } catch (error) {
      await client.end().catch(() => undefined);
      const onItsWay = ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(
        (error as { code?: string }).code ?? '',
      );
      if (!onItsWay || Date.now() > deadline || (await isGone())) {
        return { failure: (error as Error).message };
      }
      await delay(20);
    }
  }
}

/** Undefined when the lock is ours; otherwise who holds it. A launcher killed a moment ago is given time to let go. */
export async function claim(session: Client): Promise<string | undefined> {
  const deadline = Date.now() + 1_000;
  for (;;) {
    const { rows } = await session.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [
      LAUNCHER_LOCK,
    ]);
    if (rows[0]?.ours) return undefined;
    if (Date.now() > deadline) return await holder(session);
    await delay(50);
  }
}

/** The application is an ordinary owner of its database, as it will be in production, and not a superuser. */
export async function ensureDatabase(session: Client, password: string): Promise<void> {
  const roles = await session.query("select from pg_roles where rolname = 'karmagate'");
  if (!roles.rowCount) {
    await session.query(`create role karmagate login password ${session.escapeLiteral(password)}`);
  }
  const databases = await session.query("select from pg_database where datname = 'karmagate'");
  if (!databases.rowCount) await session.query('create database karmagate owner karmagate');
}

/** An idle session must not keep a finished process alive; one that is in use must. pg's typings lack both methods. */
export function setIdle(session: Client, idle: boolean): void {
  const socket = session as Client & { ref(): void; unref(): void };
  if (idle) socket.unref();
  else socket.ref();
}

export async function endSession(session: Client | undefined): Promise<void> {
  if (!session) return;
  setIdle(session, false);
  await session.end().catch(() => undefined);
}

async function holder(session: Client): Promise<string> {
  const { rows } = await session.query<{ application_name: string }>(
    `select application_name from pg_stat_activity join pg_locks using (pid)
     where locktype = 'advisory' and objid = $1 and granted`,
    [LAUNCHER_LOCK],
  );
  return rows[0]?.application_name.replace(APPLICATION, 'process') ?? 'another process';
}
