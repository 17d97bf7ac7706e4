import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';
import { type RunningSandbox, startSandbox } from '../../sandbox/start-sandbox';
import { Clock } from '../../src/platform/clock';
import { Environment } from '../../src/platform/environment';
import { createApplication } from '../../src/roles/create-application';
import { listen } from '../../src/roles/listen';
import { type ApplicationProcess, startApplicationProcess } from './application-process';
import { createTestDatabase, type TestDatabase } from './database';
import { http, type HttpAnswer, type HttpCall } from './http';
import { createTestRedis, type TestRedis } from './redis';
import { TelegramSide } from './telegram-side';

export const ADMIN_TOKEN = 'administrator-of-the-tests';
export const SECRET_KEY = 'a-secret-key-of-the-tests-with-enough-characters';

/** A clock that stands still until it is moved, starting now: durations of days pass in no time. */
export class MovableClock extends Clock {
  private ahead = 0;

  override now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  forward(amount: { hours?: number; minutes?: number; seconds?: number }): void {
    const { hours = 0, minutes = 0, seconds = 0 } = amount;
    this.ahead += ((hours * 60 + minutes) * 60 + seconds) * 1000;
  }
}

export interface Replica {
  readonly application: NestFastifyApplication;
  readonly url: string;
  stop(): Promise<void>;
}

export interface TestApplication {
  readonly url: string;
  readonly application: NestFastifyApplication;
  readonly environment: Record<string, string>;
  readonly database: TestDatabase;
  readonly pool: Pool;
  readonly sandbox: RunningSandbox;
  readonly redis: TestRedis | undefined;
  readonly clock: MovableClock;
  readonly telegram: TelegramSide;
  /** One more application in this process, on the same database, queue and clock. */
  replica(variables?: Record<string, string>): Promise<Replica>;
  /** One more application as a process of its own, whose clock is the machine's. */
  spawn(variables?: Record<string, string>): Promise<ApplicationProcess>;
  api<Body = Record<string, unknown>>(path: string, call?: HttpCall): Promise<HttpAnswer<Body>>;
  admin<Body = Record<string, unknown>>(path: string, call?: HttpCall): Promise<HttpAnswer<Body>>;
  stop(): Promise<void>;
}

/**
 * The real application in this process: its own database, its own sandbox for Telegram, the queue of the Jest project
 * (TEST_QUEUE), and a clock of the test. Everything else is as in production.
 */
export async function startApplication(
  variables: Record<string, string> = {},
  given: { database?: TestDatabase } = {},
): Promise<TestApplication> {
  const database = given.database ?? (await createTestDatabase());
  const sandbox = await startSandbox({ port: 0 });
  const redis = process.env['TEST_QUEUE'] === 'redis' ? await createTestRedis() : undefined;
  const environment = {
    DATABASE_URL: database.url,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    QUEUE_PREFIX: database.name,
    TELEGRAM_BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    ADMIN_TOKEN,
    SECRET_KEY,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
    HOST: '127.0.0.1',
    PORT: '0',
    REQUESTS_PER_MINUTE: '1000000',
    ...variables,
  };
  const clock = new MovableClock();
  const replicas = new Set<Replica>();
  const processes: ApplicationProcess[] = [];
  const replica = async (more: Record<string, string> = {}): Promise<Replica> => {
    const read = Environment.read({ ...environment, ...more });
    const application = await createApplication(read, clock);
    const stop = async (): Promise<void> => {
      if (replicas.delete(started)) await application.close();
    };
    const started: Replica = { application, url: await listen(application, read), stop };
    replicas.add(started);
    return started;
  };
  const { application, url } = await replica();
  const pool = new Pool({ connectionString: database.url, application_name: 'test', max: 4 });
  pool.on('error', () => {});
  return {
    url,
    application,
    environment,
    database,
    pool,
    sandbox,
    redis,
    clock,
    telegram: new TelegramSide(sandbox.url),
    replica,
    spawn: async (more = {}) => {
      const spawned = await startApplicationProcess({ ...environment, ...more });
      processes.push(spawned);
      return spawned;
    },
    api: (path, call) => http(`${url}${path}`, call),
    admin: (path, call) => http(`${url}${path}`, { bearer: ADMIN_TOKEN, ...call }),
    stop: async () => {
      await Promise.all(processes.map((child) => child.kill()));
      await Promise.all([...replicas].map((one) => one.stop()));
      await sandbox.stop();
      await pool.end();
      await database.drop();
    },
  };
}
