import { z } from 'zod';
import { storable } from './event.schema';

export const newSourceSchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(storable)
      .describe('How people know the site: the bot says it to members'),
  })
  .meta({ id: 'NewSource' });

const sourceKeySchema = z
  .object({
    id: z.int(),
    hint: z.string(),
    createdAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SourceKey' });

export const sourceSchema = z
  .object({ id: z.int(), name: z.string(), createdAt: z.iso.datetime(), keys: z.array(sourceKeySchema) })
  .meta({ id: 'Source' });

export const sourceListSchema = z.object({ sources: z.array(sourceSchema) }).meta({ id: 'SourceList' });

export const newKeySchema = z
  .object({
    id: z.int().describe('Goes into the header karmagate-key-id of a signed request'),
    key: z.string().describe('The source key: shown this once'),
    signingSecret: z
      .string()
      .describe('For Standard Webhooks signatures instead of the key: shown this once'),
  })
  .meta({ id: 'NewSourceKey' });

export type NewKey = z.output<typeof newKeySchema>;
export type SourceView = z.output<typeof sourceSchema>;
