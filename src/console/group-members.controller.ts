import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { PRESENCES, STANDINGS } from '../membership/standing.policy';
import { Database } from '../platform/database/database';
import { AdminGuard } from '../platform/http/admin.guard';
import { decodeCursor, encodeCursor, pageQuerySchema } from '../platform/http/cursor';
import { idSchema } from '../platform/http/path-id';
import { ManageGroups } from '../rules/manage-groups';
import { reasonSchema } from './member-view.schema';

const querySchema = pageQuerySchema.extend({ standing: z.enum(STANDINGS).optional() });

const groupMembersSchema = z
  .object({
    members: z.array(
      z.object({
        member: z.string(),
        name: z.string(),
        karma: z.int(),
        standing: z.enum(STANDINGS),
        presence: z.enum(PRESENCES),
        reasons: z.array(reasonSchema).describe('Why, as last decided'),
        graceUntil: z.iso.datetime().nullable(),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'GroupMembers' });

type GroupMembers = z.output<typeof groupMembersSchema>;
type Row = Omit<GroupMembers['members'][number], 'graceUntil'> & {
  memberId: number;
  graceUntil: Date | null;
};

@ApiTags('groups')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('v1/groups/:id/members')
export class GroupMembersController {
  constructor(
    private readonly database: Database,
    private readonly groups: ManageGroups,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who is where in a group, and why' })
  @ApiOkResponse({ standardSchema: groupMembersSchema })
  async list(
    @Param('id', { schema: idSchema }) id: number,
    @Query({ schema: querySchema }) query: z.output<typeof querySchema>,
  ): Promise<GroupMembers> {
    await this.groups.get(id);
    const { limit, cursor } = query;
    const [after] = cursor ? decodeCursor(cursor, z.tuple([z.int()])) : [0];
    const { rows } = await this.database.pool.query<Row>(
      `select membership.member_id as "memberId", member.external_id as member, standing, presence,
              coalesce(member.display_name, member.external_id) as name, coalesce(balance.karma, 0) as karma,
              coalesce(decision->'reasons', '[]') as reasons, grace_until as "graceUntil"
       from memberships membership
       join members member on member.id = membership.member_id
       left join karma_balances balance on balance.member_id = membership.member_id
       where membership.group_id = $1 and membership.member_id > $2 and ($3::text is null or standing = $3)
       order by membership.member_id limit $4`,
      [id, after, query.standing ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    return {
      members: page.map(({ member, name, karma, standing, presence, reasons, graceUntil }) => ({
        member,
        name,
        karma,
        standing,
        presence,
        reasons,
        graceUntil: graceUntil?.toISOString() ?? null,
      })),
      next: rows.length > limit ? encodeCursor([page.at(-1)!.memberId]) : null,
    };
  }
}
