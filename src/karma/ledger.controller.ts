import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type PageQuery, pageQuerySchema } from '../platform/http/cursor';
import { externalIdSchema } from './event.schema';
import { type LedgerPage, ledgerSchema } from './ledger.schema';
import { ReadLedger } from './read-ledger';
import { SourceOrAdminGuard } from './source-or-admin.guard';

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
