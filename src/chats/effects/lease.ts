import type { Pool } from 'pg';
import { run, type Statement } from '../../platform/database/statement';
import type { EffectContext } from './effect-context';

/** Longer than one call takes with its waiting; a worker that dies lets go of its effect when this is over. */
export const LEASE_SECONDS = 10;

const extend: Statement = {
  name: 'extend-lease',
  text: `update effects set leased_until = now() + interval '${LEASE_SECONDS} seconds'
         where member_id = $1 and id = $2 and status = 'open' and attempts = $3`,
};

/** For an effect of several calls, before the next one. */
export async function extendLease(
  pool: Pool,
  { memberId, effectId, attempts }: EffectContext,
): Promise<void> {
  await run(pool, extend, [memberId, effectId, attempts]);
}
