import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries';
import type { PostgresHome } from './home';
import { runAs, serverEnvironment } from './system-user';

/**
 * The server process of a cluster: found by its pid file, started in a session of its own (a Ctrl-C in the terminal must
 * reach the application first, while it still has a database to finish its work on), stopped by pg_ctl.
 */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const LOG_LIMIT_BYTES = 5_000_000;

export async function livePostmaster(cluster: string): Promise<Postmaster | undefined> {
  const { pid, port } = await readPidFile(cluster);
  return pid && port && (await isPostgres(pid)) ? { pid, port } : undefined;
}

/**
 * After a crash the number in the pid file may have gone to another program, and Postgres would refuse to start because
 * that one is alive. Its parent's number it knows to be stale, so that is put in its place. The file itself must stay:
 * it also guards against backends that outlived a crash.
 */
export async function disownStalePid(cluster: string): Promise<void> {
  const { pid, content } = await readPidFile(cluster);
  if (!pid || !isAlive(pid) || (await isPostgres(pid))) return;
  await writeFile(pidFileOf(cluster), content.replace(/^\d+/, String(process.pid)));
}

export async function startPostmaster(
  binaries: PostgresBinaries,
  home: PostgresHome,
  settings: readonly string[],
): Promise<ChildProcess> {
  await disownStalePid(home.cluster);
  return await withLog(home, (log) => {
    const child = spawn(binaries.postgres, serverArguments(home, settings), {
      uid: home.user.uid,
      gid: home.user.gid,
      cwd: home.cluster,
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      windowsHide: true,
    });
    child.on('error', () => undefined);
    child.unref();
    return child;
  });
}

/** Whether the running server was started with exactly these settings: Postgres keeps its command line in a file. */
export async function runsWith(home: PostgresHome, settings: readonly string[]): Promise<boolean> {
  const commandLine = await readFile(join(home.cluster, 'postmaster.opts'), 'utf8').catch(() => '');
  const wanted = serverArguments(home, settings).map((argument) => `"${argument}"`);
  return commandLine.trimEnd().endsWith(` ${wanted.join(' ')}`);
}

export async function stopPostmaster(
  binaries: PostgresBinaries,
  home: PostgresHome,
  mode: 'fast' | 'immediate',
): Promise<string | undefined> {
  const args = ['stop', '-D', home.cluster, '-m', mode, '-w', '-t', '30'];
  const { failure } = await runAs(home.user, binaries.pgCtl, args, home.cluster);
  return (await livePostmaster(home.cluster)) ? (failure ?? 'it is still running') : undefined;
}

/** Why the server ended, in its own words: the first fatal line of its log since that position. */
export async function complaintSince(home: PostgresHome, position: number): Promise<string> {
  const log = (await readFile(home.logFile)).subarray(position).toString('utf8').trim();
  const complaint = /(?:LOG: +(?=could not bind)|FATAL: +(?!the database system)|PANIC: +)(.*)/.exec(
    log,
  )?.[1];
  return complaint ?? log.split('\n').at(-1) ?? '';
}

/** Where the log of the next start will begin: one that has grown too long starts over. */
export async function nextLogPosition(home: PostgresHome): Promise<number> {
  const size = (await stat(home.logFile).catch(() => undefined))?.size ?? 0;
  return size > LOG_LIMIT_BYTES ? 0 : size;
}

function serverArguments(home: PostgresHome, settings: readonly string[]): string[] {
  return ['-D', home.cluster, ...settings.flatMap((setting) => ['-c', setting])];
}

async function withLog<T>(home: PostgresHome, use: (log: FileHandle) => T): Promise<T> {
  const log = await open(home.logFile, (await nextLogPosition(home)) === 0 ? 'w' : 'a', 0o600);
  try {
    if (process.getuid?.() === 0) {
      const owner = await stat(home.dir);
      await log.chown(owner.uid, owner.gid);
    }
    return use(log);
  } finally {
    await log.close();
  }
}

function pidFileOf(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

async function readPidFile(cluster: string): Promise<{ content: string; pid?: number; port?: number }> {
  const content = await readFile(pidFileOf(cluster), 'utf8').catch(() => '');
  const [pid, , , port] = content.split('\n').map(Number);
  return { content, pid, port };
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return isAlive(pid);
  const command =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : (await promisify(execFile)('ps', ['-p', `${pid}`, '-o', 'command=']).catch(() => ({ stdout: '' })))
          .stdout;
  return /^[^\0]*postgres(?:\0|\s|:|$)/.test(command);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
