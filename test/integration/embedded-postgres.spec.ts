import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { freePort } from '../../launch/free-port';
import { startPostgres, type EmbeddedPostgres, type PostgresOptions } from '../../launch/postgres';
import { openFolder } from '../support/open-folder';
import { spawnTypeScript, type TypeScriptProcess } from '../support/spawn-typescript';

const LAUNCHER = join(__dirname, '..', 'support', 'launch-postgres.ts');
const KEEP_SOMETHING = 'drop table if exists kept; create table kept as select 42 as answer';
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const nobodyCanRead =
  isRoot && spawnSync('/bin/sh', ['-c', `cat "${LAUNCHER}"`], { uid: NOBODY, cwd: '/' }).status === 0;

let shared: string;
let folder: string;
let dataDir: string;
let running: EmbeddedPostgres[];
let launchers: TypeScriptProcess[];
let said: string[];

// All tests but those about the first start share one database, which saves making twenty.
beforeAll(async () => {
  shared = await openFolder('karmagate-test-launch-');
});

afterAll(async () => {
  await rm(shared, { recursive: true, force: true });
});

beforeEach(async () => {
  folder = await openFolder('karmagate-test-launch-');
  dataDir = join(shared, 'postgres');
  running = [];
  launchers = [];
  said = [];
});

afterEach(async () => {
  for (const launcher of launchers) await launcher.end('SIGKILL');
  for (const postgres of running) await postgres.stop();
  // What a killed launcher left behind is stopped by whoever takes it over.
  if (launchers.length > 0 && running.length === 0) {
    const leftOver = await startPostgres({ dataDir }).catch(() => undefined);
    await leftOver?.stop();
  }
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<PostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const settings = { shared_buffers: '16MB', ...options.settings };
  const postgres = await startPostgres({
    dataDir,
    log: (sentence) => said.push(sentence),
    ...options,
    settings,
  });
  running.push(postgres);
  return postgres;
}

function launch(account: { uid?: number; gid?: number } = {}): TypeScriptProcess {
  const launcher = spawnTypeScript(LAUNCHER, [dataDir], account);
  launchers.push(launcher);
  return launcher;
}

async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

describe('an embedded PostgreSQL', () => {
  it('is made on the first start and found again, on its old port, on the next', async () => {
    dataDir = join(folder, 'first');
    const first = await start();
    await query(first.url, KEEP_SOMETHING);
    const { url } = first;
    await first.stop();

    const second = await start();

    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(second.url).toBe(url);
    expect(said).toEqual([expect.stringMatching(/^A new database was made in .*\.$/)]);
  });

  it('gives the application an ordinary role and a database that sorts the same on every machine', async () => {
    const { url } = await start();

    expect(
      await query(
        url,
        `select current_user as "user", current_database() as database, datlocprovider as provider, datlocale as locale,
                pg_encoding_to_char(encoding) as encoding, rolsuper as superuser
         from pg_database, pg_roles where datname = current_database() and rolname = current_user`,
      ),
    ).toEqual([
      {
        user: 'karmagate',
        database: 'karmagate',
        provider: 'b',
        locale: 'C.UTF-8',
        encoding: 'UTF8',
        superuser: false,
      },
    ]);
  });

  it('is reachable from this machine only, with a password that others cannot read', async () => {
    const { url, adminUrl } = await start();

    const [settings] = await query(
      adminUrl,
      `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
    );
    expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '' });
    expect((await stat(join(dataDir, 'server.json'))).mode & 0o777).toBe(0o600);
    const guess = new URL(url);
    guess.password = 'guess';
    await expect(query(guess.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('is as durable as one in production unless it is told otherwise', async () => {
    const { adminUrl } = await start();

    const durability = `select string_agg(setting, ' ') as settings from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit')`;
    expect(await query(adminUrl, durability)).toEqual([{ settings: 'on on on' }]);
  });

  it('keeps what was committed when the server itself is killed', async () => {
    const postgres = await start();
    await query(postgres.url, KEEP_SOMETHING);

    await postgres.kill();
    await expect(query(postgres.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.start();

    expect(await query(postgres.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('comes back on the same port after an immediate restart', async () => {
    const postgres = await start();
    const { url } = postgres;

    await postgres.restart('immediate');

    expect(postgres.url).toBe(url);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('a launcher of PostgreSQL', () => {
  it('takes over the server that a killed launcher left behind', async () => {
    const launcher = launch();
    const [, url = ''] = await launcher.says(/ready (\S+)/);
    await query(url, KEEP_SOMETHING);
    const pid = await serverPid();
    await launcher.end('SIGKILL');

    const next = launch();
    await next.says(/ready/);

    expect(next.output()).toContain(`an earlier run left behind (process ${pid}) is used again`);
    expect(await serverPid()).toBe(pid);
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('restarts a server left behind that has other settings than it wants', async () => {
    const launcher = launch();
    await launcher.says(/ready/);
    const pid = await serverPid();
    await launcher.end('SIGKILL');

    const { adminUrl } = await start({ settings: { work_mem: '7MB' } });

    expect(said).toContain(`The PostgreSQL that an earlier run left behind (process ${pid}) is restarted.`);
    expect(await query(adminUrl, 'show work_mem')).toEqual([{ work_mem: '7MB' }]);
  });

  it('tells a second launcher on the same folder who is using it', async () => {
    const { url } = await start();

    const second = launch();

    await second.says(
      new RegExp(`^LaunchError: Another karmagate \\(process ${process.pid}\\) is using .*\\.$`, 'm'),
    );
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('shares the first start with another launcher: one gets the database, the other is told so', async () => {
    dataDir = join(folder, 'first');
    const both = [launch(), launch()];

    const outcomes = await Promise.all(
      both.map(async (one) => (await one.says(/ready|Another karmagate/))[0]),
    );

    expect(outcomes.toSorted()).toEqual(['Another karmagate', 'ready']);
  });

  it('keeps the database through a Ctrl-C until the application has drained', async () => {
    const launcher = launch();
    await launcher.says(/ready/);
    const group = spawnSync('ps', ['-o', 'pgid=', '-p', String(await serverPid())])
      .stdout.toString()
      .trim();

    // The terminal sends the signal to the whole process group of the launcher.
    expect(Number(group)).toBe(await serverPid());
    launcher.child.kill('SIGINT');
    await launcher.says(/drained/);

    const { url } = await start();
    expect(await query(url, 'select count(*)::int from drained')).toEqual([{ count: 0 }]);
  });

  it('says in one sentence that the port is taken', async () => {
    const port = await freePort();
    const occupant = createServer().listen(port, '127.0.0.1');

    await expect(start({ port })).rejects.toMatchObject({
      name: 'LaunchError',
      message: `Port ${port} on 127.0.0.1 is taken: free it, or let PostgreSQL have another one.`,
    });
    await new Promise((resolve) => occupant.close(resolve));
  });

  it('chooses another port when the one of the last time is taken', async () => {
    const first = await start();
    await first.stop();
    const occupant = createServer().listen(first.port, '127.0.0.1');

    const second = await start();

    expect(second.port).not.toBe(first.port);
    await new Promise((resolve) => occupant.close(resolve));
  });

  it('names the setting that PostgreSQL does not accept', async () => {
    await expect(start({ settings: { work_memory: '7MB' } })).rejects.toMatchObject({
      name: 'LaunchError',
      message: expect.stringMatching(/unrecognized configuration parameter "work_memory".*\.$/) as string,
    });
  });

  it('refuses a database of another PostgreSQL version', async () => {
    await (await start()).stop();
    const versionFile = join(dataDir, 'cluster', 'PG_VERSION');
    await writeFile(versionFile, '17\n');

    await expect(start()).rejects.toThrow(/made by PostgreSQL 17 and the installed one is 18/);
    await writeFile(versionFile, '18\n');
  });

  it('does not take a start that was cut short for a database', async () => {
    dataDir = join(folder, 'first');
    await mkdir(join(dataDir, '.cluster-1-cut'), { recursive: true });
    await chmod(dataDir, 0o755);
    await writeFile(join(dataDir, '.cluster-1-cut', 'PG_VERSION'), '18\n');

    const { url } = await start();

    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

(isRoot ? describe : describe.skip)('a launcher that is root', () => {
  it('runs the server under an account without rights', async () => {
    await start();

    expect((await stat(join(dataDir, 'cluster'))).uid).not.toBe(0);
    expect((await stat(`/proc/${await serverPid()}`)).uid).not.toBe(0);
  });

  it('says where it puts the database when that account cannot enter the folder, and finds it there again', async () => {
    const spareDir = join(folder, 'spare');
    const hidden = join(folder, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    dataDir = join(hidden, 'postgres');
    const first = await start({ spareDir });
    await query(first.url, KEEP_SOMETHING);
    await first.stop();

    const second = await start({ spareDir });

    expect(said[0]).toMatch(
      /^The user \S+ cannot enter \S+, so the database lies in \S+\/spare\/database-\w+\.$/,
    );
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  (nobodyCanRead ? it : it.skip)('shares a folder with the ordinary user that it belongs to', async () => {
    dataDir = join(folder, 'theirs');
    await mkdir(dataDir);
    await chown(dataDir, NOBODY, NOBODY);
    const asUser = launch({ uid: NOBODY, gid: NOBODY });
    const [, url = ''] = await asUser.says(/ready (\S+)/);
    await query(url, KEEP_SOMETHING);
    asUser.child.kill('SIGINT');
    await asUser.says(/drained/);

    // Another port, so that root writes into the user's folder.
    const asRoot = await start({ port: await freePort() });
    expect(await query(asRoot.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await asRoot.stop();

    await launch({ uid: NOBODY, gid: NOBODY }).says(/ready/);
    expect((await stat(join(dataDir, 'cluster'))).uid).toBe(NOBODY);
  });
});
