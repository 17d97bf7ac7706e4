import { setTimeout as delay } from 'node:timers/promises';

export interface UntilOptions {
  /** Completes "Waited 10 s for …": what was to come. */
  what: string;
  timeoutMs?: number;
  everyMs?: number;
}

/**
 * Waits for something that other processes bring about: asks again and again until the answer is neither false, null
 * nor undefined, and returns it. What the condition throws is a failure at once, not a "not yet".
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 25_000, everyMs = 10 }: UntilOptions,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await condition();
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as Exclude<T, false | null | undefined>;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s for ${what}, and it never came.`);
    }
    await delay(everyMs);
  }
}
