import { createPostgresBackend, Queue, runMigrations, Worker, withBackend } from 'bullmq';
import { Client } from 'pg';
import { answerCalls } from '../processes/answer-calls';
import { atRate } from '../load/at-rate';

/** One hop through BullMQ and nothing else, as its own documentation would write it. */
export type BareQueue = { redisUrl: string } | { databaseUrl: string };

const calls = { open, run };
export type BareQueueCalls = typeof calls;

const QUEUE = 'bare';
const SCHEMA = 'bare_queue';

let queue: Queue;
let arrived: (at: number, addedAt: number) => void = () => {};

async function open(where: BareQueue): Promise<void> {
  const note = async (job: { data: { addedAt: number } }): Promise<void> =>
    arrived(performance.now(), job.data.addedAt);
  if ('redisUrl' in where) {
    const { hostname, port } = new URL(where.redisUrl);
    const connection = { host: hostname, port: Number(port) };
    queue = new Queue(QUEUE, { connection });
    await ready(new Worker(QUEUE, note, { connection: { ...connection, maxRetriesPerRequest: null } }));
  } else {
    await migrate(where.databaseUrl);
    const connection = { connectionString: where.databaseUrl, schema: SCHEMA };
    const { Queue: OnPostgres, Worker: WorkerOnPostgres } = withBackend(createPostgresBackend);
    queue = new OnPostgres(QUEUE, { connection } as never) as unknown as Queue;
    await ready(new WorkerOnPostgres(QUEUE, note, { connection } as never) as unknown as Worker);
  }
}

/** Milliseconds from the call of `add` to the start of the handler, for each job. */
async function run({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<number[]> {
  const hops: number[] = [];
  const wanted = perSecond * seconds;
  const all = new Promise<void>((resolve) => {
    arrived = (at, addedAt) => {
      hops.push(at - addedAt);
      if (hops.length === wanted) resolve();
    };
  });
  await atRate(perSecond, wanted, async () => {
    await queue.add('hop', { addedAt: performance.now() }, { removeOnComplete: true });
  });
  await all;
  return hops;
}

async function ready(worker: Worker): Promise<void> {
  await worker.waitUntilReady();
  await queue.waitUntilReady();
}

async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await runMigrations(client, SCHEMA);
  await client.end();
}

answerCalls(calls);
