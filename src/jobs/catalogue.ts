import { z } from 'zod';

/**
 * Every job there is. A job names a row to look at again and carries nothing else: whoever takes it reads what is true
 * now, so that it may come late, twice or out of order.
 */
export const catalogue = {
  'reconcile-member': { queue: 'members', concurrency: 8, payload: z.strictObject({ memberId: z.int() }) },
  'perform-effect': { queue: 'effects', concurrency: 40, payload: z.strictObject({ effectId: z.int() }) },
} as const;

export type JobName = keyof typeof catalogue;
export type JobPayload<Name extends JobName> = z.output<(typeof catalogue)[Name]['payload']>;

/** How a job ended. Only mistakes in the program throw. */
export type JobResult = 'done' | 'skipped' | 'deferred';
