import { atMost, type Finding, type Results } from '../report/finding';
import { tell } from '../report/print';
import { interleave } from '../rounds';
import { median, pairedRatio } from '../statistics';
import { type Backend, CROSSINGS_PER_SECOND, type Latency, openCrossingSide } from './crossing-side';
import type { Bench, Measurement } from './measurement';

/** How long a member waits: from the answer to the event until the bot's call arrives, with all roles in one process. */
export const crossing: Measurement = {
  name: 'crossing',
  about: `from an event's answer to the bot's call, at ${CROSSINGS_PER_SECOND} crossings a second`,
  measure,
};

const FLOOR = 10;

async function measure({ options, stand }: Bench): Promise<Results> {
  // Percentiles want many samples: twice as long as throughput does.
  const seconds = Math.ceil(options.seconds * 2);
  const people = CROSSINGS_PER_SECOND * seconds * (options.rounds + 1);
  const backends: Backend[] = [
    ...(stand.redis ? [{ name: 'Redis', redisUrl: stand.redis.url } as const] : []),
    { name: 'Postgres', redisUrl: undefined },
  ];
  tell(`crossing: ${people} linked members for each backend`);
  const arms: Record<string, () => Promise<Latency>> = {};
  const notes: string[] = [];
  for (const backend of backends) {
    const side = await openCrossingSide(stand, backend, people);
    arms[bare(backend)] = () => side.throughBareQueue(seconds);
    arms[product(backend)] = () => side.throughProduct(seconds);
    const apart = await side.clocksApart();
    notes.push(`${backend.name}: the clocks of load and sandbox are ${apart.toFixed(2)} ms apart.`);
  }
  if (!stand.redis) notes.push('There is no redis-server here, so that the queue on Redis was not measured.');
  const samples = await interleave(arms, options.rounds, tell);
  return {
    columns: ['arm', 'p50 ms', 'p99 ms'],
    rows: Object.entries(samples).map(([arm, taken]) => [
      arm,
      median(taken.map(({ p50 }) => p50)).toFixed(2),
      median(taken.map(({ p99 }) => p99)).toFixed(2),
    ]),
    findings: backends.flatMap((backend) =>
      compare(backend.name, samples[product(backend)]!, samples[bare(backend)]!),
    ),
    notes,
  };
}

function bare({ name }: Backend): string {
  return `one bare BullMQ hop on ${name}`;
}

function product({ name }: Backend): string {
  return `answer to call, queue on ${name}`;
}

function compare(name: string, over: Latency[], under: Latency[]): Finding[] {
  return (['p50', 'p99'] as const).map((which) => {
    const ratio = pairedRatio(
      over.map((latency) => latency[which]),
      under.map((latency) => latency[which]),
    );
    return {
      claim: `queue on ${name}, ${which} ÷ bare hop`,
      figure: `${ratio.median.toFixed(1)} (rounds ${ratio.lowest.toFixed(1)}–${ratio.highest.toFixed(1)})`,
      floor: atMost(FLOOR, ratio.median),
      bound: 'round trips: two hops through the queue, two commits, a place in the pace, and the call itself',
    };
  });
}
