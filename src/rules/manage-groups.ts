import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { hashToken, newToken } from '../people/token';
import { PlatformLinks } from '../people/platform-links';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { inTransaction } from '../platform/database/transaction';
import { DomainError } from '../platform/domain-error';
import { Group } from './group.entity';
import type { GroupView, Milestones, NewRule } from './groups.schema';
import { Milestone } from './milestone.entity';
import { presentGroup } from './present-group';
import { Rule } from './rule.entity';
import { writeRule } from './write-rule';

const CLAIM_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Groups as administrators see and shape them. */
@Injectable()
export class ManageGroups {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: PlatformLinks,
  ) {}

  async list(): Promise<GroupView[]> {
    const manager = this.database.entities.manager;
    const groups = await manager.find(Group, { order: { id: 'asc' } });
    const rules = await manager.findBy(Rule, { supersededAt: IsNull() });
    const milestones = await manager.find(Milestone, { order: { karma: 'asc' } });
    return groups.map((group) =>
      presentGroup(
        group,
        rules.find((rule) => rule.groupId === group.id),
        milestones.filter((milestone) => milestone.groupId === group.id),
      ),
    );
  }

  /** @throws DomainError `unknown-group` (404). */
  async get(id: number): Promise<GroupView> {
    const manager = this.database.entities.manager;
    const group = await this.find(id);
    const rule = await manager.findOneBy(Rule, { groupId: id, supersededAt: IsNull() });
    const milestones = await manager.find(Milestone, { where: { groupId: id }, order: { karma: 'asc' } });
    return presentGroup(group, rule ?? undefined, milestones);
  }

  async create(platform: string, title: string, rule: NewRule | undefined, author: string) {
    const id = await inTransaction(this.database.pool, async (client) => {
      const { rows } = await client.query<{ id: number }>(
        `insert into groups (platform, title, status) values ($1, $2, 'unclaimed') returning id`,
        [platform, title],
      );
      if (rule) await writeRule(client, rows[0]!.id, rule, author);
      return rows[0]!.id;
    });
    return { group: await this.get(id), claim: await this.claimLink(id) };
  }

  /** @throws DomainError `unknown-group` (404). */
  async rename(id: number, title: string | undefined): Promise<GroupView> {
    await this.find(id);
    if (title) await this.database.entities.manager.update(Group, { id }, { title });
    return this.get(id);
  }

  /** @throws DomainError `unknown-group` (404). */
  async changeRule(id: number, rule: NewRule, author: string): Promise<GroupView> {
    await this.find(id);
    await inTransaction(this.database.pool, (client) => writeRule(client, id, rule, author));
    return this.get(id);
  }

  /** A fresh link that adds the bot; the one before stops working. @throws DomainError `unknown-group` (404). */
  async claimLink(id: number): Promise<{ addBotUrl: string; expiresAt: string }> {
    await this.find(id);
    const token = newToken();
    const claimExpiresAt = new Date(this.clock.now().getTime() + CLAIM_LIFETIME_MS);
    await this.database.entities.manager.update(
      Group,
      { id },
      { claimHash: hashToken(token), claimExpiresAt },
    );
    return { addBotUrl: await this.links.claimLink(token), expiresAt: claimExpiresAt.toISOString() };
  }

  /** @throws DomainError `unknown-group` (404). */
  async setMilestones(id: number, { milestones }: Milestones): Promise<void> {
    await this.find(id);
    await inTransaction(this.database.pool, async (client) => {
      await client.query('delete from milestones where group_id = $1 and karma <> all ($2::bigint[])', [
        id,
        milestones.map(({ karma }) => karma),
      ]);
      await client.query(
        `insert into milestones (group_id, karma, text)
         select $1, karma, text from unnest($2::bigint[], $3::text[]) as given (karma, text)
         on conflict (group_id, karma) do update set text = excluded.text`,
        [id, milestones.map(({ karma }) => karma), milestones.map(({ text }) => text ?? null)],
      );
      // Whoever had passed a new milestone before it was one is not celebrated for it.
      await client.query(
        `update memberships set highest_karma = balance.karma from karma_balances balance
         where group_id = $1 and balance.member_id = memberships.member_id and highest_karma < balance.karma`,
        [id],
      );
    });
  }

  private async find(id: number): Promise<Group> {
    const group = await this.database.entities.manager.findOneBy(Group, { id });
    if (group) return group;
    throw new DomainError('unknown-group', 404, `There is no group ${id}: GET /v1/groups lists them.`);
  }
}
