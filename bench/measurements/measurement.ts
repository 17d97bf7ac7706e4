import type { BenchOptions } from '../options';
import type { Results } from '../report/finding';
import type { Stand } from '../surroundings/stand';

export interface Bench {
  options: BenchOptions;
  stand: Stand;
}

/** One thing to measure. It makes its own databases and processes on the stand and leaves them there. */
export interface Measurement {
  name: string;
  about: string;
  measure(bench: Bench): Promise<Results>;
}
