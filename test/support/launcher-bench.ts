import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { startPostgres, type EmbeddedPostgres, type PostgresOptions } from '../../launch/postgres';
import { openFolder } from './open-folder';
import { spawnTypeScript, type TypeScriptProcess } from './spawn-typescript';

export const LAUNCHER = join(__dirname, 'launch-postgres.ts');
export const KEEP_SOMETHING = 'drop table if exists kept; create table kept as select 42 as answer';

/**
 * What a test of the PostgreSQL launcher works with: a folder, launchers of this process and of others, and the promise
 * that nothing of it runs when the test is over. The tests of a file share one database unless they choose a folder of
 * their own, which saves making one for each.
 */
export class LauncherBench {
  /** Gone after the test. */
  folder = '';
  dataDir = '';
  said: string[] = [];
  private shared = '';
  private running: EmbeddedPostgres[] = [];
  private launchers: TypeScriptProcess[] = [];

  constructor() {
    beforeAll(async () => {
      this.shared = await openFolder('karmagate-test-launch-');
    });
    beforeEach(async () => {
      this.folder = await openFolder('karmagate-test-launch-');
      this.dataDir = join(this.shared, 'postgres');
      [this.said, this.running, this.launchers] = [[], [], []];
    });
    afterEach(() => this.clear());
    afterAll(() => rm(this.shared, { recursive: true, force: true }));
  }

  async start(options: Partial<PostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const settings = { shared_buffers: '16MB', ...options.settings };
    const log = (sentence: string): unknown => this.said.push(sentence);
    const postgres = await startPostgres({ dataDir: this.dataDir, log, ...options, settings });
    this.running.push(postgres);
    return postgres;
  }

  launch(account: { uid?: number; gid?: number } = {}): TypeScriptProcess {
    const launcher = spawnTypeScript(LAUNCHER, [this.dataDir], account);
    this.launchers.push(launcher);
    return launcher;
  }

  async serverPid(): Promise<number> {
    return Number((await readFile(join(this.dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  }

  private async clear(): Promise<void> {
    for (const launcher of this.launchers) await launcher.end('SIGKILL');
    for (const postgres of this.running) await postgres.stop();
    // What a killed launcher left behind is stopped by whoever takes it over.
    if (this.launchers.length > 0) {
      const leftOver = await startPostgres({ dataDir: this.dataDir });
      await leftOver.stop();
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
