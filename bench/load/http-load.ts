import { answerCalls } from '../processes/answer-calls';
import { closedLoop, type LoadResult, type Worker } from './closed-loop';
import { eventStream, type Spread } from './event-stream';
import { KeepAliveConnection } from './keep-alive-connection';
import { type Signer, signedRequest } from './signed-request';

/** Sends karma events over HTTP from a process of its own. */
export interface HttpLoad extends Spread {
  port: number;
  signer: Signer;
  connections: number;
  eventsPerRequest: number;
  /** Requests that are written and signed beforehand: in life that is work for another machine. */
  ahead: number;
}

const calls = { prepare, run };
export type HttpLoadCalls = typeof calls;

let prepared: { workers: Worker[]; close: () => void } | undefined;

async function prepare(load: HttpLoad): Promise<void> {
  const next = eventStream(load);
  const make = (): Buffer => signedRequest(bodyOf(load.eventsPerRequest, next), load.signer);
  const ready = Array.from({ length: load.ahead }, make);
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => KeepAliveConnection.open(load.port)),
  );
  const workers = connections.map((connection): Worker => async () => {
    const { status, body } = await connection.exchange(ready.pop() ?? make());
    return acceptedIn(status, body, load.eventsPerRequest);
  });
  prepared = { workers, close: () => connections.forEach((connection) => connection.close()) };
}

async function run({ seconds }: { seconds: number }): Promise<LoadResult> {
  const { workers, close } = prepared!;
  const result = await closedLoop(workers, seconds);
  close();
  return result;
}

function bodyOf(events: number, next: ReturnType<typeof eventStream>): string {
  const list = Array.from({ length: events }, () => {
    const { id, member, delta } = next();
    return { id, member: `m${member}`, delta };
  });
  return JSON.stringify(events === 1 ? list[0] : list);
}

/** Every event is new and valid: an answer that says anything else is a failure of the bench or of the product. */
function acceptedIn(status: number, body: string, expected: number): number {
  if (status === 200 && body.startsWith(`{"accepted":${expected},`)) return expected;
  throw new Error(`${expected} new events were answered with ${status}: ${body.slice(0, 300)}`);
}

answerCalls(calls);
