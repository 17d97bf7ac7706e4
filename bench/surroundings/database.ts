import { Client } from 'pg';
import { migrate } from '../../src/platform/database/migrate';
import type { Stand } from './stand';

/** A database of the product's, made by its own migrations, and a connection to it for the bench. */
export interface BenchDatabase {
  readonly url: string;
  readonly client: Client;
}

export async function createDatabase(stand: Stand, name: string, template?: string): Promise<BenchDatabase> {
  const admin = new Client({ connectionString: stand.postgres.adminUrl });
  await admin.connect();
  const copy = template === undefined ? '' : ` template ${template} strategy file_copy`;
  await admin.query(`create database ${name} owner karmagate${copy}`);
  await admin.end();
  const url = new URL(stand.postgres.url);
  url.pathname = `/${name}`;
  if (template === undefined) await migrate(url.href);
  const client = new Client({ connectionString: url.href, application_name: 'bench' });
  await client.connect();
  stand.onClose(() => client.end());
  return { url: url.href, client };
}
