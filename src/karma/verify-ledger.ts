import type { Pool } from 'pg';

export interface LedgerProof {
  members: number;
  events: number;
  sum: string;
  /** Members whose stored balance is not the sum of their events. */
  differing: { memberId: number; karma: number; sum: number }[];
}

/** Adds up the whole ledger and compares it with the balances, in one snapshot. */
export async function verifyLedger(pool: Pool): Promise<LedgerProof> {
  const { rows } = await pool.query<{
    members: number;
    events: number;
    sum: string;
    differing: LedgerProof['differing'] | null;
  }>(`
    with sums as (
      select member_id, sum(delta)::bigint as sum, count(*) as events from karma_events group by member_id
    ), compared as (
      select coalesce(sums.member_id, balance.member_id) as member_id, coalesce(karma, 0) as karma,
             coalesce(sum, 0) as sum, coalesce(events, 0) as events
      from sums full join karma_balances balance using (member_id)
    )
    select count(*) as members, coalesce(sum(events), 0)::bigint as events, coalesce(sum(sum), 0)::text as sum,
           jsonb_agg(jsonb_build_object('memberId', member_id, 'karma', karma, 'sum', sum)) filter (where karma <> sum)
             as differing
    from compared`);
  const [proof] = rows;
  return { ...proof!, differing: proof!.differing ?? [] };
}
