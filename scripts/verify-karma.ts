import { createPool } from '../src/platform/database/create-pool';
import { rebuildBalances } from '../src/karma/rebuild-balances';
import { verifyLedger } from '../src/karma/verify-ledger';
import { explainStartFailure } from '../src/roles/explain-start-failure';
import { databaseUrl } from './database-url';

/** Proves that every balance is the sum of its events; with --rebuild it first makes it so. Exit code 1 when it is not. */
async function main(): Promise<void> {
  const pool = createPool(await databaseUrl(), 'karmagate-verify', 1);
  try {
    if (process.argv.includes('--rebuild')) {
      const { corrected } = await rebuildBalances(pool);
      process.stdout.write(`${corrected} balances were corrected.\n`);
    }
    const { members, events, sum, differing } = await verifyLedger(pool);
    process.stdout.write(`${events} events of ${members} members add up to ${sum}.\n`);
    for (const { memberId, karma, sum: expected } of differing.slice(0, 20)) {
      process.stdout.write(
        `Member ${memberId} has a balance of ${karma}, but the events add up to ${expected}.\n`,
      );
    }
    const verdict =
      differing.length === 0
        ? 'Every balance agrees.'
        : `${differing.length} balances differ: npm run karma:rebuild corrects them.`;
    process.stdout.write(`${verdict}\n`);
    process.exitCode = differing.length === 0 ? 0 : 1;
  } finally {
    await pool.end();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exitCode = 1;
});
