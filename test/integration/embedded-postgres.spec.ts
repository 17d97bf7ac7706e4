import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KEEP_SOMETHING, LauncherBench, query } from '../support/launcher-bench';

const bench = new LauncherBench();

describe('an embedded PostgreSQL', () => {
  it('is made on the first start and found again, on its old port, on the next', async () => {
    bench.dataDir = join(bench.folder, 'first');
    const first = await bench.start();
    await query(first.url, KEEP_SOMETHING);
    const { url } = first;
    await first.stop();

    const second = await bench.start();

    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(second.url).toBe(url);
    expect(bench.said).toEqual([expect.stringMatching(/^A new database was made in .*\.$/)]);
  });

  it('gives the application an ordinary role and a database that sorts the same on every machine', async () => {
    const { url } = await bench.start();

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
    const { url, adminUrl } = await bench.start();

    const [settings] = await query(
      adminUrl,
      `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
    );
    expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '' });
    expect((await stat(join(bench.dataDir, 'server.json'))).mode & 0o777).toBe(0o600);
    const guess = new URL(url);
    guess.password = 'guess';
    await expect(query(guess.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('is as durable as one in production unless it is told otherwise', async () => {
    const { adminUrl } = await bench.start();

    const durability = `select string_agg(setting, ' ') as settings from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit')`;
    expect(await query(adminUrl, durability)).toEqual([{ settings: 'on on on' }]);
  });

  it('keeps what was committed when the server itself is killed', async () => {
    const postgres = await bench.start();
    await query(postgres.url, KEEP_SOMETHING);

    await postgres.kill();
    await expect(query(postgres.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.start();

    expect(await query(postgres.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('comes back on the same port after an immediate restart', async () => {
    const postgres = await bench.start();
    const { url } = postgres;

    await postgres.restart('immediate');

    expect(postgres.url).toBe(url);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
