import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { until } from './until';

/**
 * Gives each test file a migrated database of its own: a clone of the template that the run prepared. Dropping it fails
 * when a connection is still open, because code that forgets one exhausts a server in production; the database then
 * stays until the run ends and its server with it.
 */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

export const TEMPLATE = 'karmagate_template';

interface OpenConnection {
  application_name: string;
  state: string | null;
  query: string;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(4).toString('hex')}`;
  await asAdmin((admin) => admin.query(`create database ${name} template ${TEMPLATE} owner karmagate`));
  return {
    name,
    url: databaseUrl(requireUrl('TEST_DATABASE_URL'), name),
    drop: () => asAdmin((admin) => dropUnused(admin, name)),
  };
}

export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** A service that the global set-up of the run has started. */
export function requireUrl(
  variable: 'TEST_DATABASE_URL' | 'TEST_DATABASE_ADMIN_URL' | 'TEST_REDIS_URL',
): string {
  const url = process.env[variable];
  if (!url) {
    throw new Error(`${variable} is not set: this test belongs to a Jest project with the global set-up.`);
  }
  return url;
}

async function dropUnused(admin: Client, name: string): Promise<void> {
  const left = await connectionsThatStay(admin, name);
  if (left.length === 0) {
    await admin.query(`drop database if exists ${name}`);
    return;
  }
  const list = left.map(
    ({ application_name, state, query }) =>
      `"${application_name || 'without application_name'}" (${state ?? 'no state'}, last: ${query.slice(0, 120).trim()})`,
  );
  throw new Error(`The tests are over and ${left.length} connection(s) are still open: ${list.join('; ')}.`);
}

/** A closed connection takes a moment to disappear, so the list counts only when it stays. */
async function connectionsThatStay(admin: Client, name: string): Promise<OpenConnection[]> {
  let connections: OpenConnection[] = [];
  const gone = async (): Promise<boolean> => {
    const { rows } = await admin.query<OpenConnection>(
      `select application_name, state, query from pg_stat_activity
       where datname = $1 and backend_type = 'client backend' order by backend_start`,
      [name],
    );
    connections = rows;
    return rows.length === 0;
  };
  await until(gone, { what: 'the connections to be closed', timeoutMs: 2_000 }).catch((error: unknown) => {
    if (connections.length === 0) throw error;
  });
  return connections;
}

async function asAdmin<T>(work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({
    connectionString: requireUrl('TEST_DATABASE_ADMIN_URL'),
    application_name: 'test databases',
  });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
