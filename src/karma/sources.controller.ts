import { Body, Controller, Delete, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { AdminGuard } from '../platform/http/admin.guard';
import { idSchema } from '../platform/http/path-id';
import { ManageSources } from './manage-sources';
import { newKeySchema, newSourceSchema, sourceListSchema } from './sources.schema';

const createdSchema = z
  .object({ source: z.object({ id: z.int(), name: z.string() }), key: newKeySchema })
  .meta({ id: 'CreatedSource' });

@ApiTags('sources')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('v1/sources')
export class SourcesController {
  constructor(private readonly sources: ManageSources) {}

  @Get()
  @ApiOperation({ summary: 'Senders of karma and their keys' })
  @ApiOkResponse({ standardSchema: sourceListSchema })
  async list() {
    return { sources: await this.sources.list() };
  }

  @Post()
  @ApiOperation({ summary: 'A new sender, with its first key' })
  @ApiCreatedResponse({ standardSchema: createdSchema })
  create(@Body({ schema: newSourceSchema }) body: z.output<typeof newSourceSchema>) {
    return this.sources.create(body.name);
  }

  @Post(':id/keys')
  @ApiOperation({ summary: 'A further key, so that the old one can be replaced without a gap' })
  @ApiCreatedResponse({ standardSchema: newKeySchema })
  addKey(@Param('id', { schema: idSchema }) id: number) {
    return this.sources.addKey(id);
  }

  @Delete(':id/keys/:keyId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key: it stops working within five seconds' })
  @ApiNoContentResponse()
  revokeKey(
    @Param('id', { schema: idSchema }) id: number,
    @Param('keyId', { schema: idSchema }) keyId: number,
  ) {
    return this.sources.revokeKey(id, keyId);
  }
}
