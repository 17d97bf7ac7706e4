import type { Pool } from 'pg';
import { run, type Statement } from '../../platform/database/statement';
import type { EffectContext } from './effect-context';
import { LEASE_SECONDS } from './lease';

const remember: Statement = {
  name: 'remember-progress',
  text: `update effects set progress = $3, leased_until = now() + interval '${LEASE_SECONDS} seconds' where member_id = $1 and id = $2`,
};

/** How far an effect of several calls has got, stored before the next call, which also gives it more time. */
export async function rememberProgress(
  pool: Pool,
  context: EffectContext,
  progress: NonNullable<EffectContext['progress']>,
): Promise<void> {
  context.progress = progress;
  await run(pool, remember, [context.memberId, context.effectId, JSON.stringify(progress)]);
}
