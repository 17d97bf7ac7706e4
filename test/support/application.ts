import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';
import { type RunningSandbox, startSandbox } from '../../sandbox/start-sandbox';
import { Clock } from '../../src/platform/clock';
import { Environment } from '../../src/platform/environment';
import { createApplication } from '../../src/roles/create-application';
import { listen } from '../../src/roles/listen';
import { createTestDatabase, type TestDatabase } from './database';
import { http, type HttpAnswer, type HttpCall } from './http';
import { createTestRedis, type TestRedis } from './redis';

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

export interface TestApplication {
  readonly url: string;
  readonly application: NestFastifyApplication;
  readonly environment: Record<string, string>;
  readonly database: TestDatabase;
  readonly pool: Pool;
  readonly sandbox: RunningSandbox;
  readonly redis: TestRedis | undefined;
  readonly clock: MovableClock;
  api<Body = Record<string, unknown>>(path: string, call?: HttpCall): Promise<HttpAnswer<Body>>;
  admin<Body = Record<string, unknown>>(path: string, call?: HttpCall): Promise<HttpAnswer<Body>>;
  stop(): Promise<void>;
}

/**
 * The real application in this process: its own database, its own sandbox for Telegram, the queue of the Jest project
 * (TEST_QUEUE), and a clock of the test. Everything else is as in production.
 */
export async function startApplication(variables: Record<string, string> = {}): Promise<TestApplication> {
  const database = await createTestDatabase();
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
  const application = await createApplication(Environment.read(environment), clock);
  const url = await listen(application, Environment.read(environment));
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
    api: (path, call) => http(`${url}${path}`, call),
    admin: (path, call) => http(`${url}${path}`, { bearer: ADMIN_TOKEN, ...call }),
    stop: async () => {
      await application.close();
      await sandbox.stop();
      await pool.end();
      await database.drop();
    },
  };
}
