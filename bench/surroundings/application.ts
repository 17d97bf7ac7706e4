import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../launch/free-port';
import type { Stand } from './stand';

/**
 * The product as it runs in production: a process of its own, told everything by its environment. It gets the options
 * of this Node, so that `node --cpu-prof dist/bench/main.js` profiles it too.
 */
export interface Application {
  readonly port: number;
  readonly url: string;
  /** Seconds of processor time it has taken so far. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

export const ADMIN_TOKEN = 'administrator-of-the-bench';
const MAIN = join(__dirname, '..', '..', 'src', 'main.js');
const START_LIMIT_MS = 30_000;

export async function startApplication(
  stand: Stand,
  variables: { DATABASE_URL: string; ROLES: string } & Record<string, string>,
): Promise<Application> {
  const port = await freePort();
  const child = spawn(process.execPath, [...process.execArgv, MAIN], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      TELEGRAM_BOT_TOKEN: `1:${'x'.repeat(30)}`,
      TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
      ADMIN_TOKEN,
      SECRET_KEY: 'a-secret-key-of-the-bench-with-enough-characters',
      REQUESTS_PER_MINUTE: '1000000',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: `${port}`,
      ...variables,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (hasEnded()) return;
    child.kill();
    await once(child, 'exit');
  };
  stand.onClose(stop);
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + START_LIMIT_MS;
  while (!(await isReady(url))) {
    if (hasEnded() || performance.now() > deadline) throw new Error('The application did not start.');
    await delay(50);
  }
  return { port, url, cpu: () => cpuOf(url), stop };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function cpuOf(url: string): Promise<number> {
  const figures = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(figures)?.[1]);
}
