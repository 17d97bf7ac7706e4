import { join } from 'node:path';
import { httpJson } from '../../launch/demo/http-json';
import { startProcess } from '../processes/start-process';
import type { SandboxCalls, WantedWorld } from './sandbox-process';
import type { Stand } from './stand';

/** The sandbox in another process, and what it noted about the calls that it got. */
export interface BenchSandbox {
  readonly url: string;
  readonly token: string;
  /** Calls of that method, or of all, in order of arrival. */
  calls(method?: string): Promise<SandboxCall[]>;
  /** Forgets the calls so far: it keeps no more than twenty thousand. */
  forgetCalls(): Promise<void>;
}

export interface SandboxCall {
  method: string;
  params: { chat_id?: number };
  /** Milliseconds since 1970. */
  at: number;
  status?: number;
}

export const FIRST_USER_ID = 7_000_000_000;

export async function startBenchSandbox(
  stand: Stand,
  world: Omit<WantedWorld, 'firstUserId'>,
): Promise<BenchSandbox> {
  const child = startProcess<SandboxCalls>(join(__dirname, 'sandbox-process.js'));
  stand.onClose(() => child.stop());
  const { url, token } = await child.call('start', { ...world, firstUserId: FIRST_USER_ID });
  return {
    url,
    token,
    calls: async (method) => {
      const query = method === undefined ? '' : `?method=${method}`;
      const { calls } = await httpJson<{ calls: SandboxCall[] }>('GET', `${url}/sandbox/calls${query}`);
      return calls;
    },
    forgetCalls: () => httpJson('DELETE', `${url}/sandbox/calls`),
  };
}
