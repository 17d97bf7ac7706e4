import type { Client } from 'pg';
import { join } from 'node:path';
import type { ByHandCalls, ByHandLoad } from '../by-hand/by-hand-load';
import type { LoadResult } from '../load/closed-loop';
import type { HttpLoad, HttpLoadCalls } from '../load/http-load';
import { type BenchProcess, startProcess } from '../processes/start-process';
import { percentile } from '../statistics';
import { postgresCpu } from '../surroundings/postgres-cpu';
import type { Stand } from '../surroundings/stand';
import type { Side } from './open-side';

/** One stretch of one arm, with who used how much of the processors meanwhile. */
export interface IngestSample {
  eventsPerSecond: number;
  p50: number;
  p99: number;
  /** Cores in use; those of Postgres are unknown where there is no /proc. */
  cores: { load: number; product: number; postgres: number };
}

export class IngestArms {
  private readonly http: BenchProcess<HttpLoadCalls>;
  private readonly byHand: BenchProcess<ByHandCalls>;

  constructor(private readonly stand: Stand) {
    this.http = startProcess<HttpLoadCalls>(join(__dirname, '..', 'load', 'http-load.js'));
    this.byHand = startProcess<ByHandCalls>(join(__dirname, '..', 'by-hand', 'by-hand-load.js'));
    stand.onClose(() => this.http.stop());
    stand.onClose(() => this.byHand.stop());
  }

  async overHttp(
    side: Side,
    load: Omit<HttpLoad, 'port' | 'signer'>,
    seconds: number,
  ): Promise<IngestSample> {
    await this.http.call('prepare', { ...load, port: side.application.port, signer: side.source.signer });
    return sample(this.stand, side, () => this.http.call('run', { seconds }));
  }

  async writtenByHand(
    side: Side,
    load: Omit<ByHandLoad, 'databaseUrl' | 'sourceId'>,
    seconds: number,
  ): Promise<IngestSample> {
    await this.byHand.call('prepare', { ...load, databaseUrl: side.database.url, sourceId: side.source.id });
    return sample(this.stand, side, () => this.byHand.call('run', { seconds }));
  }
}

/** Nothing but the members is left of the arm before: a ledger that grows would slow down whoever comes later. */
export async function emptyLedger(client: Client): Promise<void> {
  await client.query('truncate karma_events, due_members');
}

async function sample(stand: Stand, side: Side, run: () => Promise<LoadResult>): Promise<IngestSample> {
  const { application, database } = side;
  const processors = async () => ({
    product: await application.cpu(),
    postgres: (await postgresCpu(stand)) ?? Number.NaN,
    at: performance.now() / 1000,
  });
  const storedBefore = await counted(database.client);
  const before = await processors();
  const result = await run();
  const after = await processors();
  const written = (await counted(database.client)) - storedBefore;
  if (written < result.events)
    throw new Error(`${result.events} events were answered and ${written} are stored.`);
  const seconds = after.at - before.at;
  return {
    eventsPerSecond: result.events / result.seconds,
    p50: percentile(result.latencies, 0.5),
    p99: percentile(result.latencies, 0.99),
    cores: {
      load: result.ownCores,
      product: (after.product - before.product) / seconds,
      postgres: (after.postgres - before.postgres) / seconds,
    },
  };
}

async function counted(client: Client): Promise<number> {
  const { rows } = await client.query<{ events: number }>(
    'select count(*)::integer as events from karma_events',
  );
  return rows[0]!.events;
}
