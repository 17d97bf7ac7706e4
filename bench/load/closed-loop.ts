/** What a measured stretch of time came to. */
export interface LoadResult {
  events: number;
  seconds: number;
  /** Of every request answered in that time, in milliseconds. */
  latencies: Float64Array;
  /** How much of a processor the process that made the load took for itself. */
  ownCores: number;
}

/** Does one piece of work and tells how many events it has brought. */
export type Worker = () => Promise<number>;

export const WARM_UP_SECONDS = 1;

/**
 * Each worker does one thing after another, as many at a time as there are workers. What is done in the warm-up is not
 * counted, and neither is what is still under way at the end.
 */
export async function closedLoop(workers: readonly Worker[], seconds: number): Promise<LoadResult> {
  const latencies: number[] = [];
  let events = 0;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const from = started + WARM_UP_SECONDS * 1000;
  const until = from + seconds * 1000;
  await Promise.all(
    workers.map(async (worker) => {
      for (let begun = started, ended = started; begun < until; begun = ended) {
        const brought = await worker();
        ended = performance.now();
        if (ended < from || ended >= until) continue;
        latencies.push(ended - begun);
        events += brought;
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  return {
    events,
    seconds,
    latencies: Float64Array.from(latencies),
    ownCores: (user + system) / 1000 / (performance.now() - started),
  };
}
