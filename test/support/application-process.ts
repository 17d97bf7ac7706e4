import { join } from 'node:path';
import { freePort } from './free-port';
import { http, type HttpAnswer, type HttpCall } from './http';
import { spawnTypeScript, type TypeScriptProcess } from './spawn-typescript';
import { until } from './until';

/** The application as a process of its own, for tests about what is left when one dies. */
export interface ApplicationProcess extends TypeScriptProcess {
  readonly url: string;
  api<Body = Record<string, unknown>>(path: string, call?: HttpCall): Promise<HttpAnswer<Body>>;
  /** Ends it as a crash of the machine would, with nothing put in order. */
  kill(): Promise<void>;
}

export async function startApplicationProcess(
  environment: Record<string, string>,
): Promise<ApplicationProcess> {
  const port = environment['PORT'] === '0' ? String(await freePort()) : environment['PORT']!;
  const url = `http://127.0.0.1:${port}`;
  const child = spawnTypeScript(join(__dirname, '../../src/main.ts'), [], {
    env: { ...environment, PORT: port },
  });
  const isAlive = async (): Promise<boolean> => {
    if (child.child.exitCode !== null) throw new Error(`The application ended:\n${child.output()}`);
    return http(`${url}/healthz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  };
  await until(isAlive, { what: 'the application to start', timeoutMs: 30_000, everyMs: 50 });
  return {
    ...child,
    url,
    api: (path, call) => http(`${url}${path}`, call),
    kill: async () => {
      await child.end('SIGKILL');
    },
  };
}
