import type { Pool } from 'pg';

/** All rows of all our tables as text: what somebody would read who got hold of a dump, and what must not change. */
export async function everythingStored(pool: Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const { rows } = await pool.query<{ stored: string }>(
    tables.map(({ name }) => `select '${name} ' || t::text as stored from ${name} t`).join(' union all '),
  );
  return rows
    .map(({ stored }) => stored)
    .toSorted()
    .join('\n');
}
