import type { TestApplication } from './application';
import { until } from './until';

/** Waits until nothing is left to do: no member to look at, no effect open, no update unheard. */
export async function quiescence(app: TestApplication, timeoutMs = 30_000): Promise<void> {
  let left: object = {};
  const isQuiet = async (): Promise<boolean> => {
    const { rows } = await app.pool.query<Record<string, number>>(
      `select (select count(*)::integer from due_members) as due,
              (select count(*)::integer from effects where status = 'open') as effects,
              (select count(*)::integer from inbox_updates where handled_at is null) as updates,
              (select count(*)::integer from rules join groups on groups.id = group_id and status <> 'unclaimed'
               where superseded_at is null and reassessed_at is null) as rules`,
    );
    left = { ...rows[0], unheard: app.sandbox.world.updates.length };
    return Object.values(left).every((count) => count === 0);
  };
  // Two quiet looks in a row: what an effect has just made true may not have been told yet.
  let quiet = 0;
  await until(async () => (quiet = (await isQuiet()) ? quiet + 1 : 0) >= 2, {
    what: 'everything to be done',
    timeoutMs,
    everyMs: 50,
  }).catch((error: Error) => {
    throw new Error(`${error.message} Left: ${JSON.stringify(left)}.`);
  });
}
