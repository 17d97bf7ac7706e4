import { RecordKarma } from '../../src/karma/record-karma';
import type { TestApplication } from './application';
import { until } from './until';

export interface HeldKarma {
  /** Waits until so many statements stand before the held table. */
  waiting(statements: number): Promise<void>;
  release(): Promise<void>;
}

/** As many statements as a process runs at once. */
const IN_FLIGHT = 2;
/** A statement for itself: more than what would rather wait for another. */
const FILL = 100;

/** Lets no statement that records karma go on until it is released, as a slow disk or a long lock would. */
export async function whileKarmaIsHeld<T>(
  app: TestApplication,
  work: (karma: HeldKarma) => Promise<T>,
): Promise<T> {
  const holder = await app.pool.connect();
  let held = true;
  const release = async (): Promise<void> => {
    if (held) await holder.query('rollback');
    held = false;
  };
  try {
    await holder.query('begin; lock table karma_balances in access exclusive mode');
    return await work({
      release,
      waiting: async (statements) => {
        await until(async () => (await countWaiting(app)) >= statements, {
          what: `${statements} statements to wait`,
        });
      },
    });
  } finally {
    await release();
    holder.release();
  }
}

/** Lets a process begin all the statements it runs at once: whatever it is given next queues up in it. */
export async function occupy(
  app: TestApplication,
  karma: HeldKarma,
  sourceId: number,
): Promise<Promise<unknown>[]> {
  const record = app.application.get(RecordKarma);
  const running: Promise<unknown>[] = [];
  for (let statement = 1; statement <= IN_FLIGHT; statement += 1) {
    const events = Array.from({ length: FILL }, (_, n) => ({
      id: `running ${statement} ${n}`,
      member: 'running',
      delta: 1,
    }));
    running.push(record.record(sourceId, events));
    await karma.waiting(statement);
  }
  return running;
}

async function countWaiting(app: TestApplication): Promise<number> {
  const { rows } = await app.pool.query<{ waiting: number }>(
    `select count(distinct pid)::integer as waiting from pg_locks
     where relation = 'karma_balances'::regclass and not granted`,
  );
  return rows[0]!.waiting;
}
