import { z } from 'zod';

/** One karma event as a site sends it. Shapes and limits are the contract of POST /v1/events. */

/** Text that Postgres stores as it came: no NUL, no half of a surrogate pair. */
export const storable = /^[^\0\p{Cs}]*$/u;
const text = (max: number) =>
  z.string().min(1).max(max).regex(storable, 'must be well-formed text without NUL');

export const MAX_EVENTS = 1000;
export const MAX_DELTA = 1_000_000_000;

export const externalIdSchema = text(200).describe("The site's own id of the member");
export const audienceSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'must be a slug such as "webmasters"')
  .describe('A group of people that the member belongs to');

export const karmaEventSchema = z
  .strictObject({
    id: text(200).describe('Names this event: sending it again is counted once'),
    member: externalIdSchema,
    delta: z.int().min(-MAX_DELTA).max(MAX_DELTA).optional().describe('May be left out when reversing'),
    reason: text(500).optional(),
    at: z.iso.datetime({ offset: true }).optional().describe('When it happened; now, if left out'),
    audiences: z.array(audienceSchema).max(20).optional().describe('Audiences to add to the member'),
    reverses: text(200).optional().describe('The id of an earlier event of this source and member to undo'),
  })
  .refine((event) => event.delta !== undefined || event.reverses !== undefined, {
    path: ['delta'],
    error: 'is required, except in an event that reverses another',
  })
  .meta({ id: 'KarmaEvent' });

export type KarmaEvent = z.output<typeof karmaEventSchema>;

export const eventResultSchema = z
  .object({
    index: z.int(),
    id: z.string().nullable(),
    status: z.enum(['accepted', 'duplicate', 'conflict', 'invalid']),
    karma: z.int().optional().describe("The member's balance after this request"),
    error: z.object({ code: z.string(), detail: z.string() }).optional(),
  })
  .meta({ id: 'KarmaEventResult' });

export type EventResult = z.output<typeof eventResultSchema>;

export const eventsAnswerSchema = z
  .object({
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.int(),
    results: z.array(eventResultSchema),
  })
  .meta({ id: 'KarmaEventsAnswer' });

export type EventsAnswer = z.output<typeof eventsAnswerSchema>;
