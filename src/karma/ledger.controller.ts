import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type PageQuery, pageQuerySchema } from '../platform/http/cursor';
import { externalIdSchema } from './event.schema';
import { ReadLedger } from './read-ledger';
import { SourceOrAdminGuard } from './source-or-admin.guard';

const ledgerSchema = z
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

@ApiTags('karma')
@ApiBearerAuth('source')
@ApiBearerAuth('admin')
@UseGuards(SourceOrAdminGuard)
@Controller('v1/members/:externalId/karma')
export class LedgerController {
  constructor(private readonly ledger: ReadLedger) {}

  @Get()
  @ApiOperation({ summary: "A member's karma events, newest first" })
  @ApiOkResponse({ standardSchema: ledgerSchema })
  read(
    @Param('externalId', { schema: externalIdSchema }) externalId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ): Promise<LedgerPage> {
    return this.ledger.read(externalId, page);
  }
}
