import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LaunchError } from '../launch-error';
import type { PostgresBinaries } from './binaries';
import type { PostgresHome } from './home';
import { runAs } from './system-user';

/**
 * Makes the database cluster if there is none. It is built aside and renamed when whole, so that a start that was cut
 * short leaves nothing that looks like a database. Text sorts by code point (C.UTF-8 of Postgres itself), on every
 * machine alike.
 */
export async function createCluster(
  home: PostgresHome,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<boolean> {
  const version = await clusterVersion(home.cluster);
  if (version !== undefined) {
    await requireSameVersion(home, binaries, version);
    return false;
  }
  const mark = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const aside = join(dirname(home.cluster), `.cluster-${mark}`);
  const passwordFile = join(dirname(home.cluster), `.password-${mark}`);
  try {
    await mkdir(aside, { mode: 0o700 });
    await writeFile(passwordFile, `${home.password}\n`, { mode: 0o600 });
    for (const path of [aside, passwordFile]) await giveTo(home, path);
    const { output, failure } = await runAs(
      home.user,
      binaries.initdb,
      [
        `--pgdata=${aside}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      dirname(home.cluster),
    );
    if (failure !== undefined) throw new LaunchError(whatInitdbSays(output, failure));
    return await rename(aside, home.cluster).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        // Another launcher was faster; its cluster has the same password.
        if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
        throw error;
      },
    );
  } finally {
    await rm(passwordFile, { force: true });
    await rm(aside, { recursive: true, force: true });
  }
}

async function clusterVersion(cluster: string): Promise<string | undefined> {
  if (!(await stat(cluster).catch(() => undefined))) return undefined;
  return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
}

async function requireSameVersion(
  home: PostgresHome,
  binaries: PostgresBinaries,
  version: string,
): Promise<void> {
  const { output } = await runAs(home.user, binaries.postgres, ['--version'], '/');
  const major = /(\d+)\./.exec(output)?.[1];
  if (major === version) return;
  throw new LaunchError(
    `The database in ${home.cluster} was made by PostgreSQL ${version} and the installed one is ${major ?? output}: move its data over, or remove the folder to start afresh.`,
  );
}

async function giveTo({ user }: PostgresHome, path: string): Promise<void> {
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid);
}

/** initdb names the cause on a line that starts with its own name; what follows is advice. */
function whatInitdbSays(output: string, failure: string): string {
  const cause = /^initdb: error: (.*)$/m.exec(output)?.[1] ?? /FATAL: +(.*)$/m.exec(output)?.[1] ?? failure;
  return `PostgreSQL could not make a database (${cause}): mend that, or set DATABASE_URL to a PostgreSQL of your own.`;
}
