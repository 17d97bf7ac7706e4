import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { freePort } from './free-port';
import { LaunchError } from './launch-error';
import { usableBinaries, type PostgresBinaries } from './postgres/binaries';
import { createCluster } from './postgres/create-cluster';
import { openHome, rememberPort, type PostgresHome } from './postgres/home';
import {
  complaintSince,
  livePostmaster,
  nextLogPosition,
  runsWith,
  startPostmaster,
  stopPostmaster,
  type Postmaster,
} from './postgres/postmaster';
import { claim, endSession, ensureDatabase, openSession, setIdle } from './postgres/session';
import { commandLineSettings, type PostgresSettings } from './postgres/settings';

/**
 * A PostgreSQL of one's own for a machine that has none: made on the first start, found again on the next, on the
 * loopback only. One launcher at a time has it; a server that a killed launcher left behind is taken over. Every failure
 * that the user can mend is a LaunchError.
 */
export interface PostgresOptions {
  dataDir: string;
  /** Unset: the port of the last time if it is still free, otherwise any. */
  port?: number;
  settings?: PostgresSettings;
  /** Told in whole sentences about what a user may want to know. */
  log?: (sentence: string) => void;
  /** Where the database goes when the launcher is root and the server's account cannot enter `dataDir`. */
  spareDir?: string;
}

export class EmbeddedPostgres {
  private session: Client | undefined;
  private child: ChildProcess | undefined;
  private currentPort = 0;

  constructor(
    private readonly home: PostgresHome,
    private readonly binaries: PostgresBinaries,
    private readonly options: Required<Pick<PostgresOptions, 'settings' | 'log'>> & {
      port: number | undefined;
    },
  ) {}

  get port(): number {
    return this.currentPort;
  }

  /** For the application: the owner of the database `karmagate`, with no rights beyond it. */
  get url(): string {
    return this.urlOf('karmagate', 'karmagate');
  }

  /** For tools and tests: the superuser. */
  get adminUrl(): string {
    return this.urlOf('postgres', 'postgres');
  }

  async start(): Promise<void> {
    if (this.session) return;
    const leftOver = await livePostmaster(this.home.cluster);
    if (!leftOver || !(await this.takeOver(leftOver))) await this.launch();
    if (!this.session) {
      throw new LaunchError(`PostgreSQL has stopped again: ${this.home.logFile} may say why.`);
    }
    try {
      await ensureDatabase(this.session, this.home.password);
      await rememberPort(this.home, this.currentPort);
    } catch (error) {
      await this.stop();
      throw new LaunchError(
        `The database in ${this.home.dir} cannot be set up (${(error as Error).message}).`,
      );
    }
    this.options.port = this.currentPort;
    setIdle(this.session, true);
  }

  /** `fast` lets nobody in, rolls back what is open and writes everything down; `immediate` is a crash on purpose. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const { session, child } = this;
    this.session = this.child = undefined;
    child?.ref();
    await endSession(session);
    let failure = await stopPostmaster(this.binaries, this.home, mode);
    if (failure !== undefined) failure = await stopPostmaster(this.binaries, this.home, 'immediate');
    if (failure !== undefined) {
      throw new LaunchError(`PostgreSQL did not stop (${failure}): ${this.home.logFile}.`);
    }
    if (child && isRunning(child)) await once(child, 'exit');
  }

  async restart(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await this.stop(mode);
    await this.start();
  }

  /** Ends the server as `kill -9` would, for those who test what comes after. */
  async kill(): Promise<void> {
    const { session, child } = this;
    this.session = this.child = undefined;
    const server = await livePostmaster(this.home.cluster);
    child?.ref();
    if (server) process.kill(server.pid, 'SIGKILL');
    await endSession(session);
    if (child && isRunning(child)) await once(child, 'exit');
  }

  private async takeOver(server: Postmaster): Promise<boolean> {
    const { session, failure } = await openSession(server.port, this.home.password, this.isGone);
    if (!session) {
      if (await this.isGone()) return false;
      throw new LaunchError(
        `A PostgreSQL already runs on ${this.home.dir} as process ${server.pid} and does not let karmagate in (${failure}): stop it and start again.`,
      );
    }
    await this.requireClaim(session);
    const wantedPort = this.options.port ?? server.port;
    if (await runsWith(this.home, this.serverSettings(wantedPort))) {
      this.options.log(
        `The PostgreSQL that an earlier run left behind (process ${server.pid}) is used again.`,
      );
      this.hold(session, server.port);
      return true;
    }
    await session.end();
    this.options.log(`The PostgreSQL that an earlier run left behind (process ${server.pid}) is restarted.`);
    await this.stop();
    return false;
  }

  private async requireClaim(session: Client): Promise<void> {
    const holder = await claim(session);
    if (holder === undefined) return;
    await session.end();
    throw new LaunchError(
      `Another karmagate (${holder}) is using the database in ${this.home.dir}: stop it first, or start this one with a folder of its own.`,
    );
  }

  private async launch(): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const port = await this.choosePort();
      const logPosition = await nextLogPosition(this.home);
      const child = await startPostmaster(this.binaries, this.home, this.serverSettings(port));
      const { session, failure } = await openSession(port, this.home.password, () => !isRunning(child));
      if (session && isRunning(child)) {
        await this.requireClaim(session);
        this.child = child;
        return this.hold(session, port);
      }
      await endSession(session);
      await this.afterFailedLaunch(child, failure, logPosition, deadline);
      const server = await livePostmaster(this.home.cluster);
      if (server && (await this.takeOver(server))) return;
    }
  }

  private async afterFailedLaunch(
    child: ChildProcess,
    failure: string | undefined,
    logPosition: number,
    deadline: number,
  ): Promise<void> {
    if (isRunning(child)) {
      child.ref();
      child.kill('SIGQUIT');
      await once(child, 'exit');
    }
    const complaint = await complaintSince(this.home, logPosition);
    const portTaken = complaint.includes('could not bind');
    if (portTaken && this.options.port !== undefined) throw portIsTaken(this.options.port);
    // Backends outlive a killed server by some milliseconds; a second launcher wins the race for the pid file.
    const passing = portTaken || /lock file|shared memory block/.test(complaint);
    if (!passing || Date.now() > deadline) {
      const reason = complaint || failure || 'it gave no reason';
      throw new LaunchError(`PostgreSQL did not start (${reason}): more is in ${this.home.logFile}.`);
    }
    await delay(50);
  }

  private hold(session: Client, port: number): void {
    this.session = session;
    this.currentPort = port;
    session.once('end', () => void this.afterLosing(session));
  }

  /** The session ends with the server, and also when one backend crashes and Postgres starts over by itself. */
  private async afterLosing(lost: Client): Promise<void> {
    const next =
      this.session === lost ? await openSession(this.port, this.home.password, this.isGone) : undefined;
    if (!next || this.session !== lost) return await endSession(next?.session);
    if (!next.session) {
      this.session = this.child = undefined;
      return this.options.log(`PostgreSQL has stopped unexpectedly: ${this.home.logFile} may say why.`);
    }
    this.hold(next.session, this.port);
    await claim(next.session).catch(() => undefined);
    setIdle(next.session, true);
  }

  private readonly isGone = async (): Promise<boolean> => !(await livePostmaster(this.home.cluster));

  private async choosePort(): Promise<number> {
    const { port } = this.options;
    const free = await freePort(port ?? this.home.lastPort);
    if (port !== undefined && free !== port) throw portIsTaken(port);
    return free;
  }

  private serverSettings(port: number): string[] {
    return commandLineSettings(this.options.settings, port);
  }

  private urlOf(user: string, database: string): string {
    return `postgres://${user}:${this.home.password}@127.0.0.1:${this.currentPort}/${database}`;
  }
}

export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, port, settings = {}, log = () => undefined, spareDir = '/var/lib/karmagate' } = options;
  const home = await openHome(dataDir, spareDir, log);
  const binaries = await usableBinaries(home.user, spareDir, log);
  const durable = ![false, 'off'].includes(settings['fsync'] as boolean | string);
  if (await createCluster(home, binaries, durable)) log(`A new database was made in ${home.cluster}.`);
  const postgres = new EmbeddedPostgres(home, binaries, { port, settings, log });
  await postgres.start();
  return postgres;
}

function portIsTaken(port: number): LaunchError {
  return new LaunchError(`Port ${port} on 127.0.0.1 is taken: free it, or let PostgreSQL have another one.`);
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}
