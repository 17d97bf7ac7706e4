import { atLeast, atMost, type Finding, type Results } from '../report/finding';
import { tell } from '../report/print';
import { interleave } from '../rounds';
import { median, pairedRatio } from '../statistics';
import { createDatabase } from '../surroundings/database';
import { fillBalances, fillGroups, fillLedger, fillMembers, settle } from '../surroundings/fill';
import { emptyLedger, IngestArms, type IngestSample } from './ingest-arms';
import type { Bench, Measurement } from './measurement';
import { openSide } from './open-side';

/** What it costs to take karma, beside the statements somebody would write by hand for the same work. */
export const ingest: Measurement = {
  name: 'ingest',
  about: 'karma events over HTTP, signed, validated and committed, beside hand-written SQL without HTTP',
  measure,
};

const SINGLE = { connections: 32, eventsPerRequest: 1, ahead: 100_000 };
const BODIES = { connections: 16, eventsPerRequest: 100, ahead: 6_000 };

async function measure({ options, stand }: Bench): Promise<Results> {
  const { members, stored, seconds, rounds } = options;
  tell(`ingest: ${members} members, and as many again with ${stored} stored events`);
  const database = await createDatabase(stand, 'ingest');
  await fillMembers(database.client, members);
  await fillBalances(database.client);
  await fillGroups(database.client);
  const full = await createDatabase(stand, 'ingest_full');
  await fillMembers(full.client, members);
  await fillBalances(full.client);
  await fillGroups(full.client);
  await fillLedger(full.client, stored, members);
  await settle(database.client);
  await settle(full.client);
  const side = await openSide(stand, database, { ROLES: 'api' });
  const fullSide = await openSide(stand, full, { ROLES: 'api' });
  const arms = new IngestArms(stand);
  const even = { members, hot: 0 };
  const onEmpty = (run: () => Promise<IngestSample>) => async () => {
    await emptyLedger(database.client);
    return run();
  };
  const samples = await interleave(
    {
      'by hand, 1 event, 32 connections': onEmpty(() =>
        arms.writtenByHand(side, { ...even, connections: 32, eventsPerStatement: 1 }, seconds),
      ),
      'HTTP, 1 event, 32 connections': onEmpty(() => arms.overHttp(side, { ...even, ...SINGLE }, seconds)),
      'by hand, 1000 events, 2 connections': onEmpty(() =>
        arms.writtenByHand(side, { ...even, connections: 2, eventsPerStatement: 1000 }, seconds),
      ),
      'HTTP, 100 events, 16 connections': onEmpty(() => arms.overHttp(side, { ...even, ...BODIES }, seconds)),
      '… ten members take half': onEmpty(() => arms.overHttp(side, { members, hot: 10, ...BODIES }, seconds)),
      '… full ledger': () => arms.overHttp(fullSide, { ...even, ...BODIES }, seconds),
    },
    rounds,
    tell,
  );
  return {
    columns: ['arm', 'events/s', 'p50 ms', 'p99 ms', 'cores: load', 'product', 'Postgres'],
    rows: Object.entries(samples).map(([arm, taken]) => row(arm, taken)),
    findings: findings(samples),
    notes: [
      'By hand, load and product are one process.',
      'Every answer was checked to count all its events as new, and the ledger to hold at least as many.',
    ],
  };
}

type Samples = Record<
  | 'by hand, 1 event, 32 connections'
  | 'HTTP, 1 event, 32 connections'
  | 'by hand, 1000 events, 2 connections'
  | 'HTTP, 100 events, 16 connections'
  | '… ten members take half'
  | '… full ledger',
  IngestSample[]
>;

function findings(samples: Samples): Finding[] {
  const single = samples['HTTP, 1 event, 32 connections'];
  const bodies = samples['HTTP, 100 events, 16 connections'];
  const p99 = median(single.map((sample) => sample.p99));
  const compare = (claim: string, over: IngestSample[], under: IngestSample[], floor: number): Finding => {
    const ratio = pairedRatio(over.map(rate), under.map(rate));
    const figure = `${ratio.median.toFixed(2)} (rounds ${ratio.lowest.toFixed(2)}–${ratio.highest.toFixed(2)})`;
    return { claim, figure, floor: atLeast(floor, ratio.median), bound: boundOf(over) };
  };
  return [
    compare('single events over HTTP ÷ by hand', single, samples['by hand, 1 event, 32 connections'], 1.5),
    {
      claim: 'single events over HTTP, p99',
      figure: `${p99.toFixed(1)} ms`,
      floor: atMost(10, p99, ' ms'),
      bound: boundOf(single),
    },
    compare(
      'bodies of 100 over HTTP ÷ unnest of 1000 by hand',
      bodies,
      samples['by hand, 1000 events, 2 connections'],
      0.65,
    ),
    compare('ten members take half of all events ÷ even', samples['… ten members take half'], bodies, 0.8),
    compare('full ledger ÷ empty', samples['… full ledger'], bodies, 0.75),
  ];
}

function rate(sample: IngestSample): number {
  return sample.eventsPerSecond;
}

function row(arm: string, taken: IngestSample[]): string[] {
  const middle = (pick: (sample: IngestSample) => number): number => median(taken.map(pick));
  return [
    arm,
    middle(rate).toFixed(0),
    middle(({ p50 }) => p50).toFixed(2),
    middle(({ p99 }) => p99).toFixed(2),
    middle(({ cores }) => cores.load).toFixed(2),
    middle(({ cores }) => cores.product).toFixed(2),
    middle(({ cores }) => cores.postgres).toFixed(2),
  ];
}

/** A process of Node has one core; everything together has those of the machine. */
function boundOf(taken: IngestSample[]): string {
  const product = median(taken.map(({ cores }) => cores.product));
  const postgres = median(taken.map(({ cores }) => cores.postgres));
  const load = median(taken.map(({ cores }) => cores.load));
  const share = `product ${product.toFixed(2)}, Postgres ${postgres.toFixed(2)}, load ${load.toFixed(2)} cores`;
  if (product > 0.9) return `the one thread of the product (${share})`;
  return `the processors, which all share (${share})`;
}
