import { Body, Controller, Param, Put, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { PreviewRule } from '../membership/preview-rule';
import { AdminGuard } from '../platform/http/admin.guard';
import { idSchema } from '../platform/http/path-id';
import { groupSchema, type NewRule, newRuleSchema } from '../rules/groups.schema';
import { ManageGroups } from '../rules/manage-groups';

const previewedSchema = z.object({
  count: z.int(),
  members: z
    .array(z.object({ member: z.string(), name: z.string(), karma: z.int() }))
    .describe('The first 50'),
});

const previewSchema = z
  .object({
    admitted: previewedSchema,
    warned: previewedSchema,
    removed: previewedSchema,
    recovered: previewedSchema,
  })
  .meta({ id: 'RulePreview' });

const answerSchema = z.union([
  z.object({ dryRun: z.literal(true), preview: previewSchema }),
  z.object({ dryRun: z.literal(false), group: groupSchema }),
]);

const querySchema = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });

@ApiTags('groups')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('v1/groups/:id/rule')
export class RuleController {
  constructor(
    private readonly groups: ManageGroups,
    private readonly previewRule: PreviewRule,
  ) {}

  @Put()
  @ApiOperation({ summary: "Change a group's rule, or with dryRun=true see what the change would mean" })
  @ApiOkResponse({ standardSchema: answerSchema })
  async put(
    @Param('id', { schema: idSchema }) id: number,
    @Query({ schema: querySchema }) query: z.output<typeof querySchema>,
    @Body({ schema: newRuleSchema }) rule: NewRule,
  ): Promise<z.output<typeof answerSchema>> {
    if (query.dryRun === 'true') return { dryRun: true, preview: await this.previewRule.preview(id, rule) };
    return { dryRun: false, group: await this.groups.changeRule(id, rule, 'admin') };
  }
}
