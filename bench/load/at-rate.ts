import { setTimeout as delay } from 'node:timers/promises';

/**
 * Starts so many pieces of work a second, whether those before are done or not: whoever waits for answers before asking
 * again does not notice that they are slow.
 */
export async function atRate(
  perSecond: number,
  count: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const begun = performance.now();
  const all: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    const early = begun + (index * 1000) / perSecond - performance.now();
    if (early > 0) await delay(early);
    all.push(work(index));
  }
  await Promise.all(all);
}
