import { z } from 'zod';

export const ledgerSchema = z
  .object({
    karma: z.int(),
    events: z.array(
      z.object({
        id: z.string(),
        source: z.string(),
        delta: z.int(),
        reason: z.string().nullable(),
        at: z.iso.datetime(),
        recordedAt: z.iso.datetime(),
        reverses: z.string().nullable(),
      }),
    ),
    next: z.string().nullable().describe('The cursor of the next page'),
  })
  .meta({ id: 'Ledger' });

export type LedgerPage = z.output<typeof ledgerSchema>;
