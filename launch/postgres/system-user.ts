import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { LaunchError } from '../launch-error';

/**
 * The operating system account that Postgres runs under. Postgres refuses to be root; when the launcher is root, the
 * server takes an account that is already there, and always the one that owns the data. No account is ever created.
 */
export interface SystemUser {
  readonly name: string;
  /** Absent when the launcher need not change its account. */
  readonly uid?: number;
  readonly gid?: number;
}

const ACCOUNTS_IN_ORDER = ['postgres', 'nobody', '_postgres'];

export async function serverUser(cluster: string): Promise<SystemUser> {
  if (process.getuid?.() !== 0) return { name: process.env['USER'] ?? 'the current user' };
  const accounts = await readAccounts();
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) {
    const name = accounts.find((account) => account.uid === owner.uid)?.name ?? `number ${owner.uid}`;
    return { name, uid: owner.uid, gid: owner.gid };
  }
  for (const name of ACCOUNTS_IN_ORDER) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  throw new LaunchError(
    'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody" to run it: ' +
      'start karmagate as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

export async function canEnter(user: SystemUser, folder: string): Promise<boolean> {
  if (user.uid === undefined) return true;
  return (await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder], '/')).failure === undefined;
}

/** Runs a program to its end under that account, with an environment that holds nothing of the caller's PG* variables. */
export function runAs(
  user: SystemUser,
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ output: string; failure?: string }> {
  return new Promise((resolve) => {
    const options = { uid: user.uid, gid: user.gid, cwd, env: serverEnvironment(), windowsHide: true };
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      resolve(
        error ? { output, failure: lastLine(output) || String(error.code ?? error.message) } : { output },
      );
    });
  });
}

/** LC_ALL keeps messages in one language and, on macOS, keeps the C library from starting threads in the postmaster. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C' };
}

function lastLine(output: string): string {
  return output.split('\n').at(-1)?.trim() ?? '';
}

async function readAccounts(): Promise<Required<SystemUser>[]> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
