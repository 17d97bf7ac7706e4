import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOM_FOR_TESTS = 2 * 1024 ** 3;

/**
 * A fresh temporary folder that other accounts can enter, because the database of a run by root belongs to another one.
 * It lies in memory where there is room: a database is a thousand small files, and cloning one took 390 ms on the disk of
 * a virtual machine and 15 ms in its memory.
 */
export async function openFolder(prefix: string): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined);
  const hasRoom = memory !== undefined && memory.bavail * memory.bsize > ROOM_FOR_TESTS;
  const folder = await mkdtemp(join(hasRoom ? '/dev/shm' : tmpdir(), prefix));
  await chmod(folder, 0o755);
  return folder;
}
