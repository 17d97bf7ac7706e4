import { Body, Controller, Delete, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { externalIdSchema } from '../karma/event.schema';
import type { LiveKey } from '../karma/source-keys';
import { CallingSource, SourceGuard } from '../karma/source.guard';
import { Database } from '../platform/database/database';
import { DomainError } from '../platform/domain-error';
import { findMember } from './find-member';
import { IssueTicket } from './issue-ticket';
import { memberProfileSchema, newTicketSchema, ticketSchema } from './members.schema';
import { PutMember } from './put-member';
import { UnlinkAccount } from './unlink-account';

const platformSchema = z.enum(['telegram']);

@ApiTags('members')
@ApiBearerAuth('source')
@UseGuards(SourceGuard)
@Controller('v1/members/:externalId')
export class MembersController {
  constructor(
    private readonly putMember: PutMember,
    private readonly issueTicket: IssueTicket,
    private readonly unlinkAccount: UnlinkAccount,
    private readonly database: Database,
  ) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({ summary: 'Create a member, or change what is given of them' })
  @ApiNoContentResponse()
  put(
    @Param('externalId', { schema: externalIdSchema }) externalId: string,
    @Body({ schema: memberProfileSchema }) profile: z.output<typeof memberProfileSchema>,
  ): Promise<void> {
    return this.putMember.put(externalId, profile);
  }

  @Post('tickets')
  @ApiOperation({ summary: 'A link with which the member links their chat account: one hour, one use' })
  @ApiCreatedResponse({ standardSchema: ticketSchema })
  ticket(
    @CallingSource() source: LiveKey,
    @Param('externalId', { schema: externalIdSchema }) externalId: string,
    @Body({ schema: newTicketSchema }) _ticket: z.output<typeof newTicketSchema>,
  ) {
    return this.issueTicket.issue(externalId, source.sourceName);
  }

  /** @throws DomainError `unknown-member` or `not-linked` (404). */
  @Delete('accounts/:platform')
  @HttpCode(204)
  @ApiOperation({ summary: 'Unlink the chat account: access obtained through it goes' })
  @ApiNoContentResponse()
  async unlink(
    @Param('externalId', { schema: externalIdSchema }) externalId: string,
    @Param('platform', { schema: platformSchema }) platform: z.output<typeof platformSchema>,
  ): Promise<void> {
    const member = await findMember(this.database.entities.manager, externalId);
    if (await this.unlinkAccount.unlink(member.id, platform)) return;
    throw new DomainError('not-linked', 404, `Member "${externalId}" has no ${platform} account to unlink.`);
  }
}
