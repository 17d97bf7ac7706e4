import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { RULES_CHANGED_CHANNEL } from '../rules/write-rule';
import type { EffectContext } from './effects/effect-context';
import type { Outcome } from './outcome';

/** Learns from outcomes what they say of a group or an account beyond the effect itself. */
@Injectable()
export class GroupTrouble {
  private readonly log = new Logger('groups');

  constructor(private readonly database: Database) {}

  async learn(context: EffectContext, outcome: Outcome): Promise<void> {
    const { pool } = this.database;
    if (outcome.kind === 'moved') return this.move(context.platform, context.group.chatId!, outcome.chatId);
    if (outcome.kind === 'forbidden' || (outcome.kind === 'gone' && outcome.what === 'chat')) {
      await this.suspend(context.groupId, outcome.problem);
    }
    if (outcome.kind === 'unreachable' || (outcome.kind === 'gone' && outcome.what === 'person')) {
      await pool.query('update accounts set reachable = false where member_id = $1 and platform = $2', [
        context.memberId,
        context.platform,
      ]);
    }
  }

  async suspend(groupId: number, trouble: string): Promise<void> {
    this.log.warn(`group ${groupId} is in trouble: ${trouble}`);
    await this.database.pool.query(`update groups set status = 'suspended', trouble = $2 where id = $1`, [
      groupId,
      trouble,
    ]);
  }

  /** What the bot may do in the group, as the platform says. When nothing is missing, what waited for a right is due. */
  async learnRights(groupId: number, rights: object, complete: boolean): Promise<void> {
    const { pool } = this.database;
    const trouble = complete ? null : 'The bot lacks rights in the chat: "rights" says which.';
    await pool.query(
      `update groups set status = $3, trouble = $4, rights = $2, proven_at = now() where id = $1`,
      [groupId, JSON.stringify(rights), complete ? 'active' : 'suspended', trouble],
    );
    await pool.query(
      `update effects set due_at = now() where group_id = $1 and status = 'open' and outcome = 'forbidden'`,
      [groupId],
    );
    await pool.query(`notify ${RULES_CHANGED_CHANNEL}`);
  }

  /** The chat has a new id. Links of the old one may be dead, so that a new one is made; pins stay behind. */
  async move(platform: string, from: string, to: string): Promise<void> {
    await this.database.pool.query(
      `update groups set chat_id = $3, invite_link = null, pinned_message_id = null where platform = $1 and chat_id = $2`,
      [platform, from, to],
    );
  }
}
