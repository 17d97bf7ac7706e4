import { spawn } from 'node:child_process';

/**
 * Cleans up after a test process that dies, however it dies: a shell waits at the end of a pipe that only the system
 * closes for the dead, and then runs the script. Cutting the lifeline means that everything was cleaned up properly.
 */
export function lifeline(script: string, ...args: string[]): { cut(): void } {
  const shell = spawn('/bin/sh', ['-c', `cat >/dev/null; ${script}`, 'lifeline', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => undefined);
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return {
    cut: () => {
      if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, 'SIGKILL');
    },
  };
}
