import { Pool, types } from 'pg';

// Ids, karma and counts are bigint in the database and stay below 2^53 here: platform ids have 52 bits at most.
types.setTypeParser(types.builtins.INT8, Number);

/**
 * A pool of plain pg connections. A connection that dies while idle or in use reports an 'error' event, and one without
 * a listener would end the process, so each gets one: the query that was running rejects by itself.
 */
export function createPool(url: string, applicationName: string, max: number): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: applicationName,
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
