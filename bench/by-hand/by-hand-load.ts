import { Client } from 'pg';
import { closedLoop, type LoadResult, type Worker } from '../load/closed-loop';
import { eventStream, type Spread } from '../load/event-stream';
import { answerCalls } from '../processes/answer-calls';
import { manyEvents, singleEvent } from './statements';

/** The hand-written statements, sent from one process without any HTTP before them. */
export interface ByHandLoad extends Spread {
  databaseUrl: string;
  sourceId: number;
  connections: number;
  eventsPerStatement: number;
}

const calls = { prepare, run };
export type ByHandCalls = typeof calls;

let prepared: { workers: Worker[]; close: () => Promise<unknown> } | undefined;

async function prepare(load: ByHandLoad): Promise<void> {
  const clients = await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const client = new Client({ connectionString: load.databaseUrl, application_name: 'bench by hand' });
      await client.connect();
      return client;
    }),
  );
  const next = eventStream(load);
  const work = load.eventsPerStatement === 1 ? single : many;
  prepared = {
    workers: clients.map((client) => work(client, load, next)),
    close: () => Promise.all(clients.map((client) => client.end())),
  };
}

async function run({ seconds }: { seconds: number }): Promise<LoadResult> {
  const { workers, close } = prepared!;
  const result = await closedLoop(workers, seconds);
  await close();
  return result;
}

function single(client: Client, { sourceId }: ByHandLoad, next: ReturnType<typeof eventStream>): Worker {
  return async () => {
    const { id, member, delta } = next();
    await client.query({ ...singleEvent, values: [member, sourceId, id, delta] });
    return 1;
  };
}

function many(
  client: Client,
  { sourceId, eventsPerStatement }: ByHandLoad,
  next: ReturnType<typeof eventStream>,
): Worker {
  return async () => {
    const events = Array.from({ length: eventsPerStatement }, next);
    const values = [
      events.map(({ member }) => member),
      sourceId,
      events.map(({ id }) => id),
      events.map(({ delta }) => delta),
    ];
    await client.query({ ...manyEvents, values });
    return eventsPerStatement;
  };
}

answerCalls(calls);
