import type { Pool } from 'pg';

/** All rows of all our tables as text: what somebody would read who got hold of a dump, and what must not change. */
export async function everythingStored(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ stored: string }>(`
    select string_agg(tablename || query_to_xml(format('select * from %I t order by t::text', tablename),
                                                true, false, '')::text, '' order by tablename) as stored
    from pg_tables where schemaname = 'public'`);
  return rows[0]!.stored;
}
