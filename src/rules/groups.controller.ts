import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, UseGuards } from '@nestjs/common';
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
import {
  claimSchema,
  createdGroupSchema,
  groupChangeSchema,
  groupSchema,
  type Milestones,
  milestonesSchema,
  newGroupSchema,
} from './groups.schema';
import { ManageGroups } from './manage-groups';

const groupListSchema = z.object({ groups: z.array(groupSchema) }).meta({ id: 'GroupList' });

@ApiTags('groups')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('v1/groups')
export class GroupsController {
  constructor(private readonly groups: ManageGroups) {}

  @Get()
  @ApiOperation({ summary: 'All groups with their rules and health' })
  @ApiOkResponse({ standardSchema: groupListSchema })
  async list() {
    return { groups: await this.groups.list() };
  }

  @Post()
  @ApiOperation({ summary: 'A new group, and the link with which its owner adds the bot to the chat' })
  @ApiCreatedResponse({ standardSchema: createdGroupSchema })
  create(@Body({ schema: newGroupSchema }) body: z.output<typeof newGroupSchema>) {
    return this.groups.create(body.platform, body.title, body.rule, 'admin');
  }

  @Get(':id')
  @ApiOperation({ summary: 'One group' })
  @ApiOkResponse({ standardSchema: groupSchema })
  get(@Param('id', { schema: idSchema }) id: number) {
    return this.groups.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a group' })
  @ApiOkResponse({ standardSchema: groupSchema })
  change(
    @Param('id', { schema: idSchema }) id: number,
    @Body({ schema: groupChangeSchema }) body: z.output<typeof groupChangeSchema>,
  ) {
    return this.groups.rename(id, body.title);
  }

  @Post(':id/claim')
  @ApiOperation({ summary: 'A fresh link that adds the bot to the chat; the one before stops working' })
  @ApiCreatedResponse({ standardSchema: claimSchema })
  claim(@Param('id', { schema: idSchema }) id: number) {
    return this.groups.claimLink(id);
  }

  @Get(':id/milestones')
  @ApiOperation({ summary: 'Karma levels that are celebrated in the group' })
  @ApiOkResponse({ standardSchema: milestonesSchema })
  async milestones(@Param('id', { schema: idSchema }) id: number) {
    const { milestones } = await this.groups.get(id);
    return { milestones };
  }

  @Put(':id/milestones')
  @HttpCode(204)
  @ApiOperation({ summary: 'Replace the karma levels that are celebrated in the group' })
  @ApiNoContentResponse()
  setMilestones(
    @Param('id', { schema: idSchema }) id: number,
    @Body({ schema: milestonesSchema }) body: Milestones,
  ): Promise<void> {
    return this.groups.setMilestones(id, body);
  }
}
