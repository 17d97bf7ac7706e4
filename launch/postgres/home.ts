import { randomBytes } from 'node:crypto';
import { chown, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LaunchError } from '../launch-error';
import { makeOpenFolder } from './open-folder';
import { canEnter, serverUser, type SystemUser } from './system-user';

/**
 * The folder that belongs to one embedded database: its password and last port (`server.json`, for the owner's eyes
 * only), the server's log, and the cluster itself. Only when the server's account cannot enter the folder does the
 * cluster lie elsewhere, and `server.json` says where, so that deleting the folder still means starting afresh.
 */
export interface PostgresHome {
  readonly dir: string;
  readonly cluster: string;
  readonly logFile: string;
  readonly password: string;
  readonly lastPort: number | undefined;
  readonly user: SystemUser;
}

interface State {
  password: string;
  port?: number;
  /** Set when the cluster lies outside the folder. */
  place?: string;
}

export async function openHome(
  dataDir: string,
  spareDir: string,
  log: (sentence: string) => void,
): Promise<PostgresHome> {
  const dir = resolve(dataDir);
  try {
    await makeOpenFolder(dir);
    let state = await readOrCreateState(dir);
    const user = await serverUser(join(state.place ?? dir, 'cluster'));
    if (!(await canEnter(user, state.place ?? dir))) state = await moveOut(dir, state, user, spareDir, log);
    return {
      dir,
      cluster: join(state.place ?? dir, 'cluster'),
      logFile: join(dir, 'postgres.log'),
      password: state.password,
      lastPort: state.port,
      user,
    };
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new LaunchError(
      `The folder ${dir} cannot hold the database (${reason}): start karmagate as the user that it belongs to, or remove it.`,
    );
  }
}

export async function rememberPort(home: PostgresHome, port: number): Promise<void> {
  if (home.lastPort === port) return;
  const state = await readState(home.dir);
  if (state) await replaceState(home.dir, { ...state, port });
}

async function moveOut(
  dir: string,
  state: State,
  user: SystemUser,
  spareDir: string,
  log: (sentence: string) => void,
): Promise<State> {
  const place = state.place ?? dir;
  if (await stat(join(place, 'cluster')).catch(() => undefined)) {
    throw new LaunchError(
      `The user ${user.name} can no longer enter ${place}, where its database lies: let it enter again (chmod o+x on the folders above).`,
    );
  }
  const spare = join(spareDir, `database-${randomBytes(4).toString('hex')}`);
  await makeOpenFolder(spareDir);
  await makeOpenFolder(spare);
  if (!(await canEnter(user, spare))) {
    throw new LaunchError(
      `PostgreSQL runs as the user ${user.name}, who can enter neither ${dir} nor ${spare}: move karmagate to a folder that others can enter, or set DATABASE_URL.`,
    );
  }
  log(`The user ${user.name} cannot enter ${dir}, so the database lies in ${spare}.`);
  const moved = { ...state, place: spare };
  await replaceState(dir, moved);
  return moved;
}

async function readState(dir: string): Promise<State | undefined> {
  try {
    return JSON.parse(await readFile(stateFile(dir), 'utf8')) as State;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Links the finished file into place: of two launchers that start together, both end with the same password. */
async function readOrCreateState(dir: string): Promise<State> {
  const found = await readState(dir);
  if (found) return found;
  if (await stat(join(dir, 'cluster')).catch(() => undefined)) {
    throw new LaunchError(
      `The database in ${dir} has lost its server.json with the password: restore that file, or remove the folder to start afresh.`,
    );
  }
  const fresh: State = { password: randomBytes(24).toString('base64url') };
  const aside = await writeAside(dir, fresh);
  await link(aside, stateFile(dir)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
  return (await readState(dir)) ?? fresh;
}

async function replaceState(dir: string, state: State): Promise<void> {
  await rename(await writeAside(dir, state), stateFile(dir));
}

async function writeAside(dir: string, state: State): Promise<string> {
  const aside = join(dir, `.server-${process.pid}-${randomBytes(4).toString('hex')}.json`);
  await writeFile(aside, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  // Root may serve a folder that an ordinary user made and will want to use again.
  if (process.getuid?.() === 0) {
    const owner = await stat(dir);
    await chown(aside, owner.uid, owner.gid);
  }
  return aside;
}

function stateFile(dir: string): string {
  return join(dir, 'server.json');
}
