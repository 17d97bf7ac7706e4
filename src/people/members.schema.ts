import { z } from 'zod';
import { LOCALES } from '../platform/locale';
import { audienceSchema, storable } from '../karma/event.schema';

export const memberProfileSchema = z
  .strictObject({
    displayName: z.string().trim().min(1).max(100).regex(storable).optional(),
    audiences: z.array(audienceSchema).max(20).optional().describe('Replaces all audiences of the member'),
    locale: z.enum(LOCALES).optional().describe('The language the bot speaks with them'),
  })
  .meta({ id: 'MemberProfile' });

export const newTicketSchema = z
  .strictObject({ platform: z.enum(['telegram']).default('telegram') })
  .meta({ id: 'NewTicket' });

export const ticketSchema = z
  .object({
    url: z.url().describe('The link to give to this member: it links their chat account, once'),
    expiresAt: z.iso.datetime(),
    qr: z.string().describe('The same link as an SVG picture'),
  })
  .meta({ id: 'Ticket' });
