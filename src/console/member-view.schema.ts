import { z } from 'zod';
import { PRESENCES, STANDINGS } from '../membership/standing.policy';

export const reasonSchema = z
  .union([
    z.object({ code: z.literal('karma_enough'), karma: z.int(), needed: z.int() }),
    z.object({ code: z.literal('karma_short'), karma: z.int(), needed: z.int(), missing: z.int() }),
    z.object({ code: z.literal('audience_missing'), audiences: z.array(z.string()) }),
    z.object({ code: z.literal('not_linked') }),
  ])
  .meta({ id: 'Reason' });

export const memberViewSchema = z
  .object({
    externalId: z.string(),
    displayName: z.string(),
    karma: z.int(),
    audiences: z.array(z.string()),
    locale: z.string().nullable(),
    accounts: z.array(
      z.object({ platform: z.string(), displayName: z.string(), username: z.string().nullable() }),
    ),
    groups: z.array(
      z.object({
        id: z.int(),
        title: z.string(),
        standing: z.enum(STANDINGS),
        presence: z.enum(PRESENCES),
        entitled: z.boolean(),
        reasons: z.array(reasonSchema),
        missing: z.int().describe('Points to go until the group is open to them, or until they may stay'),
        graceUntil: z.iso.datetime({ offset: true }).nullable(),
      }),
    ),
  })
  .meta({ id: 'Member' });

export type MemberView = z.output<typeof memberViewSchema>;
