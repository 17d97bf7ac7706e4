import { readdir, readFile } from 'node:fs/promises';
import type { Stand } from './stand';

/** Ticks of the processor in /proc: a hundred a second on every Linux. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds of processor time that the server and all its processes have taken, those that ended included. Undefined
 * where there is no /proc to read.
 */
export async function postgresCpu({ postgresPid }: Stand): Promise<number | undefined> {
  const postmaster = await readStat(`${postgresPid}`);
  if (!postmaster) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const others = await Promise.all(pids.map(readStat));
  const alive = others
    .filter((stat) => stat?.parent === postgresPid)
    .reduce((sum, stat) => sum + stat!.own, 0);
  return (postmaster.own + postmaster.ofEnded + alive) / TICKS_PER_SECOND;
}

async function readStat(pid: string): Promise<{ parent: number; own: number; ofEnded: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The second field is a name in brackets, which may hold spaces; numbers are counted from behind it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1]!, own: fields[11]! + fields[12]!, ofEnded: fields[13]! + fields[14]! };
}
