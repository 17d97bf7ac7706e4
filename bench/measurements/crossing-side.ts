import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BareQueueCalls } from '../by-hand/bare-queue';
import type { CrossingsCalls } from '../load/crossings';
import { LEVEL_STEP } from '../load/event-stream';
import { startProcess } from '../processes/start-process';
import { percentile } from '../statistics';
import { createDatabase } from '../surroundings/database';
import { fillAccounts, fillGroups, fillMembers, settle } from '../surroundings/fill';
import { FIRST_USER_ID, startBenchSandbox } from '../surroundings/sandbox';
import type { Stand } from '../surroundings/stand';
import { openSide } from './open-side';

/** A stretch of time at an even rate: how long it took from one end to the other, in milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
}

export interface Backend {
  name: 'Redis' | 'Postgres';
  redisUrl: string | undefined;
}

export const CROSSINGS_PER_SECOND = 50;
const PATIENCE_MS = 20_000;

/** One backend of the queue: the bare queue, and the whole product with a sandbox of its own. */
export async function openCrossingSide(stand: Stand, { name, redisUrl }: Backend, people: number) {
  const database = await createDatabase(stand, `crossing_${name.toLowerCase()}`);
  await fillMembers(database.client, people);
  await fillAccounts(database.client, FIRST_USER_ID);
  await fillGroups(database.client, 1);
  await database.client.query(`update groups set invite_link = 'https://t.me/+bench'`);
  await settle(database.client);
  const sandbox = await startBenchSandbox(stand, { people, groups: 1 });
  const side = await openSide(stand, database, {
    ROLES: 'api,worker,bot',
    TELEGRAM_BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    TELEGRAM_MESSAGES_PER_SECOND: '1000',
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
  });
  const load = startProcess<CrossingsCalls>(join(__dirname, '..', 'load', 'crossings.js'));
  const bare = startProcess<BareQueueCalls>(join(__dirname, '..', 'by-hand', 'bare-queue.js'));
  stand.onClose(() => load.stop());
  stand.onClose(() => bare.stop());
  await bare.call('open', redisUrl ? { redisUrl } : { databaseUrl: database.url });
  let nextMember = 1;

  const throughProduct = async (seconds: number): Promise<Latency> => {
    const count = CROSSINGS_PER_SECOND * seconds;
    const firstMember = nextMember;
    nextMember += count;
    await sandbox.forgetCalls();
    const answered = await load.call('run', {
      port: side.application.port,
      signer: side.source.signer,
      perSecond: CROSSINGS_PER_SECOND,
      firstMember,
      count,
      delta: LEVEL_STEP,
    });
    const arrivals = await arrivalsOf(count);
    return latencyOf(answered.map(([member, at]) => arrivals.get(FIRST_USER_ID + member)! - at));
  };

  const arrivalsOf = async (count: number): Promise<Map<number, number>> => {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const calls = await sandbox.calls('sendMessage');
      const arrivals = new Map(calls.map(({ params, at }) => [params.chat_id!, at]));
      if (arrivals.size >= count) return arrivals;
      if (performance.now() > deadline) throw new Error(`${count} crossed, ${arrivals.size} were invited.`);
      await delay(100);
    }
  };

  return {
    throughProduct,
    throughBareQueue: async (seconds: number): Promise<Latency> =>
      latencyOf(await bare.call('run', { perSecond: CROSSINGS_PER_SECOND, seconds })),
    clocksApart: () => load.call('compareClocks', { url: sandbox.url, token: sandbox.token }),
  };
}

function latencyOf(samples: readonly number[]): Latency {
  return { p50: percentile(samples, 0.5), p99: percentile(samples, 0.99) };
}
