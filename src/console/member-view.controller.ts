import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { externalIdSchema } from '../karma/event.schema';
import { SourceOrAdminGuard } from '../karma/source-or-admin.guard';
import { ExplainMember } from '../membership/explain-member';
import { type MemberView, memberViewSchema } from './member-view.schema';
import { presentMember } from './present-member';

@ApiTags('members')
@ApiBearerAuth('source')
@ApiBearerAuth('admin')
@UseGuards(SourceOrAdminGuard)
@Controller('v1/members/:externalId')
export class MemberViewController {
  constructor(private readonly explainMember: ExplainMember) {}

  @Get()
  @ApiOperation({ summary: 'A member, and group by group why they are in or out' })
  @ApiOkResponse({ standardSchema: memberViewSchema })
  async get(@Param('externalId', { schema: externalIdSchema }) externalId: string): Promise<MemberView> {
    return presentMember(await this.explainMember.byExternalId(externalId));
  }
}
