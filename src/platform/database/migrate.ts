import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { createDataSource } from './create-data-source';

/** Where BullMQ keeps its tables when the queue runs on Postgres. */
export const QUEUE_SCHEMA = 'bullmq';

const MIGRATION_LOCK = 7_010_001;

/** Brings the database up to date. Any number of processes may call it at once: one works, the others wait for it. */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'karmagate-migrate' });
  await client.connect();
  const dataSource = createDataSource(url);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.initialize();
    await dataSource.runMigrations();
    await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await client.end();
  }
}
