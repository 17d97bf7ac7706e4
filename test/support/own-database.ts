import { migrate } from '../../src/platform/database/migrate';
import type { TestDatabase } from './database';
import type { PostgresServer } from './postgres-server';

/** The database of a server that the test has for itself, and may stop. */
export async function ownDatabase({ server }: PostgresServer): Promise<TestDatabase> {
  await migrate(server.url);
  return { url: server.url, name: 'karmagate', drop: async () => {} };
}
