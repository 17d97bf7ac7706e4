import type { TestApplication } from './application';
import { until } from './until';

export interface HeldKarma {
  /** Waits until so many statements stand before the held table. */
  waiting(statements: number): Promise<void>;
  release(): Promise<void>;
}

/** Lets no statement that records karma go on until it is released, as a slow disk or a long lock would. */
export async function holdKarma(app: TestApplication): Promise<HeldKarma> {
  const holder = await app.pool.connect();
  await holder.query('begin; lock table karma_balances in access exclusive mode');
  return {
    waiting: async (statements) => {
      const stand = async (): Promise<boolean> => {
        const { rows } = await app.pool.query<{ waiting: number }>(
          `select count(*)::integer as waiting from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and application_name = 'karmagate'`,
        );
        return rows[0]!.waiting >= statements;
      };
      await until(stand, { what: `${statements} statements to wait` });
    },
    release: async () => {
      await holder.query('rollback');
      holder.release();
    },
  };
}
