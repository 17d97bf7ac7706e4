// One running sandbox: the world, its clock, and everything that watches or bends what happens in it.
import type { Faults } from './state/faults';
import type { Journal } from './state/journal';
import type { Limits } from './state/limits';
import type { News } from './state/news';
import type { UpdateQueue } from './updates/update-queue';
import type { World } from './state/world';

export interface Sandbox {
  world: World;
  /** Milliseconds since 1970 by the sandbox's own clock, which a test may move. */
  now(): number;
  updates: UpdateQueue;
  journal: Journal;
  faults: Faults;
  limits: Limits;
  news: News;
}

export function unixTime(sandbox: Sandbox): number {
  return Math.floor(sandbox.now() / 1000);
}
