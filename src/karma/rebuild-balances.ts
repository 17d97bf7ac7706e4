import type { Pool } from 'pg';
import { inTransaction } from '../platform/database/transaction';

/**
 * Sets every balance to the sum of its events and puts the members it corrected on the work list. Events wait meanwhile,
 * because a sum taken while they flow would be wrong by those in between.
 */
export async function rebuildBalances(pool: Pool): Promise<{ corrected: number }> {
  return inTransaction(pool, async (client) => {
    await client.query('lock table karma_balances in share row exclusive mode');
    const { rowCount } = await client.query(`
      with sums as (
        select coalesce(sums.member_id, balance.member_id) as member_id, coalesce(sum, 0) as sum
        from (select member_id, sum(delta)::bigint as sum from karma_events group by member_id) sums
        full join karma_balances balance using (member_id)
        where balance.karma is distinct from coalesce(sum, 0)
      ), corrected as (
        insert into karma_balances (member_id, karma) select member_id, sum from sums
        on conflict (member_id) do update set karma = excluded.karma
        returning member_id
      )
      insert into due_members (member_id) select member_id from corrected order by member_id
      on conflict (member_id) do update set version = due_members.version + 1, dispatched_at = null`);
    return { corrected: rowCount ?? 0 };
  });
}
