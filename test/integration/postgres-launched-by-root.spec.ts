import { spawnSync } from 'node:child_process';
import { chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../launch/free-port';
import { KEEP_SOMETHING, LAUNCHER, LauncherBench, query } from '../support/launcher-bench';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const nobodyCanRead =
  isRoot && spawnSync('/bin/sh', ['-c', `cat "${LAUNCHER}"`], { uid: NOBODY, cwd: '/' }).status === 0;

const bench = new LauncherBench();

(isRoot ? describe : describe.skip)('a launcher that is root', () => {
  it('runs the server under an account without rights', async () => {
    await bench.start();

    expect((await stat(join(bench.dataDir, 'cluster'))).uid).not.toBe(0);
    expect((await stat(`/proc/${await bench.serverPid()}`)).uid).not.toBe(0);
  });

  it('says where it puts the database when that account cannot enter the folder, and finds it there again', async () => {
    const spareDir = join(bench.folder, 'spare');
    const hidden = join(bench.folder, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    bench.dataDir = join(hidden, 'postgres');
    const first = await bench.start({ spareDir });
    await query(first.url, KEEP_SOMETHING);
    await first.stop();

    const second = await bench.start({ spareDir });

    expect(bench.said[0]).toMatch(
      /^The user \S+ cannot enter \S+, so the database lies in \S+\/spare\/database-\w+\.$/,
    );
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  (nobodyCanRead ? it : it.skip)('shares a folder with the ordinary user that it belongs to', async () => {
    bench.dataDir = join(bench.folder, 'theirs');
    await mkdir(bench.dataDir);
    await chown(bench.dataDir, NOBODY, NOBODY);
    const asUser = bench.launch({ uid: NOBODY, gid: NOBODY });
    const [, url = ''] = await asUser.says(/ready (\S+)/);
    await query(url, KEEP_SOMETHING);
    asUser.child.kill('SIGINT');
    await asUser.says(/drained/);

    // Another port, so that root writes into the user's folder.
    const asRoot = await bench.start({ port: await freePort() });
    expect(await query(asRoot.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await asRoot.stop();

    await bench.launch({ uid: NOBODY, gid: NOBODY }).says(/ready/);
    expect((await stat(join(bench.dataDir, 'cluster'))).uid).toBe(NOBODY);
  });
});
