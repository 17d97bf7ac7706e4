import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disownStalePid, livePostmaster } from './postmaster';

describe('the pid file of a server that is gone', () => {
  let cluster: string;

  beforeEach(async () => {
    cluster = await mkdtemp(join(tmpdir(), 'karmagate-test-cluster-'));
  });

  afterEach(async () => {
    await rm(cluster, { recursive: true, force: true });
  });

  async function leavePidFile(pid: number): Promise<string> {
    const file = join(cluster, 'postmaster.pid');
    await writeFile(file, `${pid}\n${cluster}\n1763600000\n5432\n\n127.0.0.1\n    12345   678\nready\n`);
    return file;
  }

  it('is no server when another program has its number, and Postgres is kept from thinking so too', async () => {
    const file = await leavePidFile(process.ppid);

    expect(await livePostmaster(cluster)).toBeUndefined();
    await disownStalePid(cluster);
    expect(await readFile(file, 'utf8')).toMatch(new RegExp(`^${process.pid}\\n[^]*12345`));
  });

  it('stays as it is when nobody has its number', async () => {
    const file = await leavePidFile(2 ** 22 + 1);
    const before = await readFile(file, 'utf8');

    expect(await livePostmaster(cluster)).toBeUndefined();
    await disownStalePid(cluster);
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});
