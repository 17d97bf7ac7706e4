import type { ClientBase, Pool } from 'pg';
import { run, type Statement } from '../../platform/database/statement';
import type { EffectContext } from './effect-context';

/** What was waiting behind it is an effect of its own from now on. */
const finish: Statement = {
  name: 'finish-effect',
  text: `
with finished as (
  update effects set status = $3, outcome = $4, problem = $5, finished_at = now(), leased_until = null
  where member_id = $1 and id = $2 and status = 'open' and attempts = $6
  returning *
)
insert into effects (member_id, group_id, platform, kind, lane, payload)
select member_id, group_id, platform, kind, lane, payload->'next' from finished where payload ? 'next'`,
};

const postpone: Statement = {
  name: 'postpone-effect',
  text: `update effects set due_at = now() + $3 * interval '1 millisecond', outcome = $4, problem = $5,
           leased_until = null, dispatched_at = null, attempts = attempts - case when $4 = 'flood' then 1 else 0 end
         where member_id = $1 and id = $2 and status = 'open' and attempts = $6`,
};

/** A worker that comes too late, because another has taken the effect over, changes nothing. */
export async function finishEffect(
  connection: ClientBase | Pool,
  { memberId, effectId, attempts }: EffectContext,
  status: 'done' | 'cancelled' | 'failed',
  outcome: string,
  problem: string | null = null,
): Promise<void> {
  await run(connection, finish, [memberId, effectId, status, outcome, problem, attempts]);
}

/** Leaves the effect open for later. Being put off by the platform's pace is no attempt. */
export async function postponeEffect(
  pool: Pool,
  { memberId, effectId, attempts }: EffectContext,
  afterMs: number,
  outcome: string,
  problem: string | null = null,
): Promise<void> {
  await run(pool, postpone, [memberId, effectId, afterMs, outcome, problem, attempts]);
}
