import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { PoolClient } from 'pg';
import { putDueMembers } from '../jobs/due-members';
import { onceAcrossReplicas } from '../jobs/once-across-replicas';
import { Database } from '../platform/database/database';
import { Listener } from '../platform/database/listener';
import { Environment } from '../platform/environment';
import { RULES_CHANGED_CHANNEL } from '../rules/write-rule';
import { ruleDifference, type Thresholds } from './rule-difference.policy';

const MEMBERS_AT_ONCE = 1000;

interface ChangedRule {
  group_id: number;
  platform: string;
  version: number;
  audiences: string[];
  admitAt: number;
  keepAt: number;
  /** The rules members may have been judged by since the last look at all of them; null when there was none. */
  before: Thresholds[] | null;
}

/**
 * Puts the members that a changed rule concerns on the work list. It waits until every statement that began before the
 * rule was committed is over: one of them could have compared a moving balance with the older rule, and its member
 * would be missed by a look taken before it commits. Such a statement may have written nothing yet and then has no
 * transaction id, so that it is told by its snapshot, which is as old as the rule's transaction or older.
 */
@Injectable()
export class ReassessGroups implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('rules');
  private readonly listener: Listener;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    environment: Environment,
  ) {
    this.listener = new Listener({
      url: environment.databaseUrl,
      channels: [RULES_CHANGED_CHANNEL],
      onNotify: () => void this.sweep(),
      onConnected: () => void this.sweep(),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.retry);
    await this.listener.stop();
  }

  @Interval(5000)
  async sweep(): Promise<void> {
    try {
      await onceAcrossReplicas(this.database.pool, 'reassess-groups', (client) => this.reassess(client));
    } catch (error) {
      this.log.warn(`changed rules wait for the next sweep: ${(error as Error).message}`);
    }
  }

  private async reassess(client: PoolClient): Promise<void> {
    const { rows } = await client.query<ChangedRule & { settled: boolean }>(`
      select rule.group_id, groups.platform, rule.version, rule.audiences, rule.admit_at as "admitAt",
             rule.keep_at as "keepAt",
             not exists (select from pg_stat_activity where datname = current_database()
                           and application_name = current_setting('application_name') and pid <> pg_backend_pid()
                           and age(backend_xmin) >= age(rule.changed_in::xid)) as settled,
             (select jsonb_agg(jsonb_build_object('audiences', audiences, 'admitAt', admit_at, 'keepAt', keep_at))
              from rules earlier where group_id = rule.group_id and version < rule.version
                and version >= (select max(version) from rules
                                where group_id = rule.group_id and reassessed_at is not null)) as before
      from rules rule join groups on groups.id = rule.group_id
      where rule.superseded_at is null and rule.reassessed_at is null and groups.status <> 'unclaimed'
      for update of rule`);
    for (const rule of rows) {
      if (rule.settled) await this.putConcerned(client, rule);
      else this.retry ??= setTimeout(() => ((this.retry = undefined), void this.sweep()), 100);
    }
  }

  private async putConcerned(client: PoolClient, rule: ChangedRule): Promise<void> {
    const { from, below } = ruleDifference(rule.before ?? [], rule);
    const { rows } = await client.query<{ member_id: number }>(
      `select balance.member_id from karma_balances balance
       join accounts account on account.member_id = balance.member_id and account.platform = $1
       where balance.karma >= $2::bigint and balance.karma < $3::bigint
       union
       select member_id from memberships where group_id = $4 and standing in ('invited', 'in', 'at_risk', 'leaving')`,
      [rule.platform, from, below, rule.group_id],
    );
    // In commits of their own: an event that crosses a level waits for a row that is being put on the list.
    const ids = rows.map((row) => row.member_id).sort((a, b) => a - b);
    for (let from = 0; from < ids.length; from += MEMBERS_AT_ONCE) {
      await putDueMembers(this.database.pool, ids.slice(from, from + MEMBERS_AT_ONCE));
    }
    await client.query('update rules set reassessed_at = now() where group_id = $1 and version = $2', [
      rule.group_id,
      rule.version,
    ]);
  }
}
