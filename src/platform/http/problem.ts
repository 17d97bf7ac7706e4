import { z } from 'zod';

/** RFC 9457. `type` is stable and safe to compare; `detail` says in a sentence what is wrong and what to do. */
export const problemSchema = z
  .object({
    type: z.string().describe('A stable name of the problem: urn:karmagate:<code>'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .describe('Where in the request it went wrong'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
