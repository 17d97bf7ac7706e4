import { cpus, release, totalmem, type } from 'node:os';
import type { Client } from 'pg';
import { postgresSettings, type Stand } from '../surroundings/stand';

/** What the figures were taken on. Absolute ones mean nothing without it. */
export async function describeMachine(stand: Stand, client: Client): Promise<string[]> {
  const cores = cpus();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const settings = Object.entries(postgresSettings()).map(([name, value]) => `${name}=${value}`);
  return [
    `machine   ${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GB memory, ${type()} ${release()}`,
    `versions  Node ${process.versions.node}, PostgreSQL ${rows[0]?.server_version}, Redis ${stand.redis?.version ?? '(none)'}`,
    `settings  fsync=on, synchronous_commit=on, full_page_writes=on, ${settings.join(', ')}`,
    'Load, product, database and queue share the machine: compare figures of one run with each other, not with other runs.',
  ];
}
