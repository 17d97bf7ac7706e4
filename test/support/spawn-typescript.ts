import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { lifeline } from './lifeline';
import { until } from './until';

/** A Node process of our TypeScript, for tests about what happens when one is killed or several run at once. */
export interface TypeScriptProcess {
  readonly child: ChildProcess;
  /** What it has written so far, both streams together. */
  output(): string;
  /** Waits until it has written a text that matches. */
  says(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export function spawnTypeScript(
  file: string,
  args: readonly string[] = [],
  { env, uid, gid }: { env?: Record<string, string>; uid?: number; gid?: number } = {},
): TypeScriptProcess {
  const register = join(__dirname, 'register-typescript.cjs');
  const child = spawn(process.execPath, ['-r', register, file, ...args], {
    env: { ...process.env, ...env },
    uid,
    gid,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const line = lifeline('kill -9 "$1"', String(child.pid));
  child.once('exit', () => line.cut());
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (written += chunk.toString()));
  }
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    output: () => written,
    says: (pattern, timeoutMs = 15_000) =>
      until(
        () => {
          const found = pattern.exec(written);
          if (!found && hasEnded()) throw new Error(`${file} ended without writing ${pattern}:\n${written}`);
          return found;
        },
        { what: `${file} to write ${pattern}`, timeoutMs },
      ),
    end: async (signal) => {
      if (!hasEnded()) {
        child.kill(signal);
        await once(child, 'exit');
      }
      return child.exitCode;
    },
  };
}
