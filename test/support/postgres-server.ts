import { rm } from 'node:fs/promises';
import { startPostgres, type EmbeddedPostgres } from '../../launch/postgres';
import { lifeline } from './lifeline';
import { openFolder } from './open-folder';

/** A Postgres that belongs to one test: `stop`, `start`, `restart('immediate')` and `kill` it at will, `remove` it last. */
export interface PostgresServer {
  readonly server: EmbeddedPostgres;
  remove(): Promise<void>;
}

const END_SERVER = `
  pid=$(head -n 1 "$1/cluster/postmaster.pid") && kill -QUIT "$pid"
  n=0; while [ -e "$1/cluster/postmaster.pid" ] && [ $n -lt 50 ]; do n=$((n + 1)); sleep 0.1; done
  rm -rf "$1"`;

/**
 * Its commits survive any end of the process, as in production; only a crash of the machine would lose some, because
 * fsync is off for speed.
 */
export async function startPostgresServer(
  settings: Record<string, string | number | boolean> = {},
): Promise<PostgresServer> {
  const dataDir = await openFolder('karmagate-test-postgres-');
  const line = lifeline(END_SERVER, dataDir);
  const server = await startPostgres({
    dataDir,
    settings: {
      shared_buffers: '64MB',
      fsync: false,
      full_page_writes: false,
      max_wal_size: '128MB',
      ...settings,
    },
  });
  return {
    server,
    remove: async () => {
      await server.stop();
      line.cut();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
