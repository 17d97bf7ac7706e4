import { z } from 'zod';
import { audienceSchema, storable } from '../karma/event.schema';

const MAX_KARMA = 1_000_000_000_000;
const karmaLevel = z.int().min(-MAX_KARMA).max(MAX_KARMA);

export const newRuleSchema = z
  .strictObject({
    audiences: z.array(audienceSchema).max(20).default([]).describe('Who may come; empty means everybody'),
    admitAt: karmaLevel.describe('Karma that opens the door'),
    keepAt: karmaLevel.optional().describe('Karma that keeps somebody in; admitAt, if left out'),
    graceHours: z.number().min(0).max(8760).default(72).describe('Time between the warning and the removal'),
    admission: z.enum(['request']).default('request'),
    reason: z.string().max(500).regex(storable).optional(),
  })
  .refine((rule) => (rule.keepAt ?? rule.admitAt) <= rule.admitAt, {
    path: ['keepAt'],
    error: 'must not be higher than admitAt',
  })
  .meta({ id: 'NewRule' });

export type NewRule = z.output<typeof newRuleSchema>;

export const ruleSchema = z
  .object({
    version: z.int(),
    audiences: z.array(z.string()),
    admitAt: z.int(),
    keepAt: z.int(),
    graceHours: z.number(),
    admission: z.string(),
    author: z.string(),
    reason: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Rule' });

export const newGroupSchema = z
  .strictObject({
    platform: z.enum(['telegram']).default('telegram'),
    title: z.string().trim().min(1).max(128).regex(storable),
    rule: newRuleSchema.optional(),
  })
  .meta({ id: 'NewGroup' });

export const groupChangeSchema = z
  .strictObject({ title: z.string().trim().min(1).max(128).regex(storable).optional() })
  .meta({ id: 'GroupChange' });

export const groupSchema = z
  .object({
    id: z.int(),
    platform: z.string(),
    title: z.string(),
    status: z.enum(['unclaimed', 'active', 'suspended']),
    trouble: z.string().nullable(),
    rights: z.record(z.string(), z.boolean()).nullable(),
    provenAt: z.iso.datetime().nullable(),
    rule: ruleSchema.nullable(),
    milestones: z.array(z.object({ karma: z.int(), text: z.string().nullable() })),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Group' });

export type GroupView = z.output<typeof groupSchema>;

export const claimSchema = z
  .object({
    addBotUrl: z.url().describe('Open it as the owner of the chat: it adds the bot with the rights it needs'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'GroupClaim' });

export const createdGroupSchema = z
  .object({ group: groupSchema, claim: claimSchema })
  .meta({ id: 'CreatedGroup' });

export const milestonesSchema = z
  .strictObject({
    milestones: z
      .array(
        z.strictObject({ karma: karmaLevel, text: z.string().min(1).max(1000).regex(storable).nullish() }),
      )
      .max(100)
      .refine((list) => new Set(list.map(({ karma }) => karma)).size === list.length, {
        error: 'must not name the same karma twice',
      }),
  })
  .meta({ id: 'Milestones' });

export type Milestones = z.output<typeof milestonesSchema>;
