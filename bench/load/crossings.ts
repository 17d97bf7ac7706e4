import { answerCalls } from '../processes/answer-calls';
import { atRate } from './at-rate';
import { KeepAliveConnection } from './keep-alive-connection';
import { type Signer, signedRequest } from './signed-request';

/** Events that each carry one member over a level, at an even rate. */
export interface Crossings {
  port: number;
  signer: Signer;
  perSecond: number;
  firstMember: number;
  count: number;
  delta: number;
}

const calls = { run, compareClocks };
export type CrossingsCalls = typeof calls;

const CONNECTIONS = 8;

/** When the answer for each member came, in milliseconds since 1970. */
async function run(crossings: Crossings): Promise<[member: number, answeredAt: number][]> {
  const { port, signer, perSecond, firstMember, count, delta } = crossings;
  const idle = await Promise.all(Array.from({ length: CONNECTIONS }, () => KeepAliveConnection.open(port)));
  const answered: [number, number][] = [];
  await atRate(perSecond, count, async (index) => {
    const member = firstMember + index;
    const body = JSON.stringify({ id: `crossing-${member}`, member: `m${member}`, delta });
    const connection = idle.pop() ?? (await KeepAliveConnection.open(port));
    const answer = await connection.exchange(signedRequest(body, signer));
    answered.push([member, now()]);
    idle.push(connection);
    if (answer.status !== 200)
      throw new Error(`A crossing was answered with ${answer.status}: ${answer.body}`);
  });
  for (const connection of idle) connection.close();
  return answered;
}

/** How far the sandbox's clock is outside of the time in which a call to it was under way: 0 when they agree. */
async function compareClocks({ url, token }: { url: string; token: string }): Promise<number> {
  const sent = now();
  await (await fetch(`${url}/bot${token}/getMe`)).text();
  const answered = now();
  const journal = await fetch(`${url}/sandbox/calls?method=getMe`);
  const { calls } = (await journal.json()) as { calls: { at: number }[] };
  const { at } = calls.at(-1)!;
  return Math.max(0, sent - at, at - answered);
}

/** By the same sources as the sandbox's journal; the clock of the machine is behind both. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

answerCalls(calls);
