import { Client } from 'pg';
import { migrate } from '../../src/platform/database/migrate';
import { databaseUrl, TEMPLATE } from './database';
import { startPostgresServer, type PostgresServer } from './postgres-server';
import { startRedis, type RedisServer } from './redis-server';

/**
 * Starts the services that the integration and flow projects share: one Postgres with a migrated template database, and
 * one Redis. Jest calls this once per run, however many of those projects take part, and not at all for unit tests.
 */
declare global {
  var testServices: { postgres?: PostgresServer; redis?: RedisServer } | undefined;
}

export = async function setUp(): Promise<void> {
  const services: NonNullable<typeof globalThis.testServices> = {};
  globalThis.testServices = services;
  services.postgres = await startPostgresServer({ shared_buffers: '128MB', max_connections: 300 });
  services.redis = await startRedis();
  const { url, adminUrl } = services.postgres.server;
  await prepareTemplate(url, adminUrl);
  // Workers inherit the environment.
  process.env['TEST_DATABASE_URL'] = url;
  process.env['TEST_DATABASE_ADMIN_URL'] = adminUrl;
  process.env['TEST_REDIS_URL'] = services.redis.url;
};

async function prepareTemplate(url: string, adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${TEMPLATE} owner karmagate`);
    await migrate(databaseUrl(url, TEMPLATE));
    await admin.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  } finally {
    await admin.end();
  }
}
