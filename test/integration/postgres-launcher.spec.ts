import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../../launch/free-port';
import { KEEP_SOMETHING, LauncherBench, query } from '../support/launcher-bench';
import { until } from '../support/until';

const bench = new LauncherBench();

describe('a launcher of PostgreSQL', () => {
  it('takes over the server that a killed launcher left behind', async () => {
    const launcher = bench.launch();
    const [, url = ''] = await launcher.says(/ready (\S+)/);
    await query(url, KEEP_SOMETHING);
    const pid = await bench.serverPid();
    await launcher.end('SIGKILL');

    const next = bench.launch();
    await next.says(/ready/);

    expect(next.output()).toContain(`an earlier run left behind (process ${pid}) is used again`);
    expect(await bench.serverPid()).toBe(pid);
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('restarts a server left behind that has other settings than it wants', async () => {
    const launcher = bench.launch();
    await launcher.says(/ready/);
    const pid = await bench.serverPid();
    await launcher.end('SIGKILL');

    const { adminUrl } = await bench.start({ settings: { work_mem: '7MB' } });

    expect(bench.said).toContain(
      `The PostgreSQL that an earlier run left behind (process ${pid}) is restarted.`,
    );
    expect(await query(adminUrl, 'show work_mem')).toEqual([{ work_mem: '7MB' }]);
  });

  it('waits for a server that is still on its way down and then starts its own', async () => {
    const launcher = bench.launch();
    const [, url = ''] = await launcher.says(/ready (\S+)/);
    const pid = await bench.serverPid();
    const lingering = new Client({ connectionString: url });
    await lingering.connect();
    await launcher.end('SIGKILL');
    // Asked like this, Postgres lets nobody in any more and waits for those who are.
    process.kill(pid, 'SIGTERM');

    const starting = bench.start();
    const turnedAway = async () =>
      /is shutting down/.test(await readFile(join(bench.dataDir, 'postgres.log'), 'utf8'));
    await until(turnedAway, { what: 'the launcher to be turned away' });
    await lingering.end();

    expect(await query((await starting).url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await bench.serverPid()).not.toBe(pid);
  });

  it('holds on to its database when Postgres starts over after the crash of a backend', async () => {
    const { adminUrl } = await bench.start();
    const backend = new Client({ connectionString: adminUrl });
    backend.on('error', () => undefined);
    await backend.connect();
    const { rows } = await backend.query<{ pid: number }>('select pg_backend_pid() as pid');

    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');

    const held = `select from pg_locks where locktype = 'advisory'`;
    const heldAgain = async () => (await query(adminUrl, held).catch(() => [])).length === 1;
    await backend.end();
    await until(heldAgain, { what: 'the launcher to hold the database again' });
    await bench.launch().says(/Another karmagate/);
  });

  it('says when the server has stopped without being asked to', async () => {
    await bench.start();

    process.kill(await bench.serverPid(), 'SIGINT');

    await until(
      () => bench.said.some((sentence) => sentence.startsWith('PostgreSQL has stopped unexpectedly')),
      {
        what: 'the launcher to say so',
      },
    );
  });

  it('tells a second launcher on the same folder who is using it', async () => {
    const { url } = await bench.start();

    const second = bench.launch();

    await second.says(
      new RegExp(`^LaunchError: Another karmagate \\(process ${process.pid}\\) is using .*\\.$`, 'm'),
    );
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('shares the first start with another launcher: one gets the database, the other is told so', async () => {
    bench.dataDir = join(bench.folder, 'first');
    const both = [bench.launch(), bench.launch()];

    const outcomes = await Promise.all(
      both.map(async (one) => (await one.says(/ready|Another karmagate/))[0]),
    );

    expect(outcomes.toSorted()).toEqual(['Another karmagate', 'ready']);
  });

  it('keeps the database through a Ctrl-C until the application has drained', async () => {
    const launcher = bench.launch();
    await launcher.says(/ready/);
    const group = spawnSync('ps', ['-o', 'pgid=', '-p', String(await bench.serverPid())])
      .stdout.toString()
      .trim();

    // The terminal sends the signal to the whole process group of the launcher.
    expect(Number(group)).toBe(await bench.serverPid());
    launcher.child.kill('SIGINT');
    await launcher.says(/drained/);

    const { url } = await bench.start();
    expect(await query(url, 'select count(*)::int from drained')).toEqual([{ count: 0 }]);
  });

  it('says in one sentence that the port is taken', async () => {
    const port = await freePort();
    const occupant = createServer().listen(port, '127.0.0.1');

    await expect(bench.start({ port })).rejects.toMatchObject({
      name: 'LaunchError',
      message: `Port ${port} on 127.0.0.1 is taken: free it, or let PostgreSQL have another one.`,
    });
    await new Promise((resolve) => occupant.close(resolve));
  });

  it('chooses another port when the one of the last time is taken', async () => {
    const first = await bench.start();
    await first.stop();
    const occupant = createServer().listen(first.port, '127.0.0.1');

    const second = await bench.start();

    expect(second.port).not.toBe(first.port);
    await new Promise((resolve) => occupant.close(resolve));
  });

  it('names the setting that PostgreSQL does not accept', async () => {
    await expect(bench.start({ settings: { work_memory: '7MB' } })).rejects.toMatchObject({
      name: 'LaunchError',
      message: expect.stringMatching(/unrecognized configuration parameter "work_memory".*\.$/) as string,
    });
  });

  it('refuses a database of another PostgreSQL version', async () => {
    await (await bench.start()).stop();
    const versionFile = join(bench.dataDir, 'cluster', 'PG_VERSION');
    await writeFile(versionFile, '17\n');

    await expect(bench.start()).rejects.toThrow(/made by PostgreSQL 17 and the installed one is 18/);
    await writeFile(versionFile, '18\n');
  });

  it('does not take a start that was cut short for a database', async () => {
    bench.dataDir = join(bench.folder, 'first');
    await mkdir(join(bench.dataDir, '.cluster-1-cut'), { recursive: true });
    await chmod(bench.dataDir, 0o755);
    await writeFile(join(bench.dataDir, '.cluster-1-cut', 'PG_VERSION'), '18\n');

    const { url } = await bench.start();

    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
