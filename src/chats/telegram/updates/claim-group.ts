import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Chat, ChatMember } from '@grammyjs/types';
import { hashToken } from '../../../people/token';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { inTransaction } from '../../../platform/database/transaction';
import { ensureJoinLink } from '../../effects/ensure-join-link';
import { GroupTrouble } from '../../group-trouble';
import { TelegramApi } from '../telegram-api';
import { TelegramGateway } from '../telegram-gateway';
import { TelegramIdentity } from '../telegram-identity';
import { botRights, hasAllRights, sayRights } from '../telegram-rights.policy';
import { TelegramTalk } from '../telegram-talk';

/**
 * Ties a chat to the group whose link added the bot to it. Without such a link, a chat is not managed. The link is spent
 * last, so that a claim that broke off can be repeated.
 */
@Injectable()
export class ClaimGroup {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly api: TelegramApi,
    private readonly gateway: TelegramGateway,
    private readonly identity: TelegramIdentity,
    private readonly trouble: GroupTrouble,
    private readonly talk: TelegramTalk,
  ) {}

  async claim(chat: Pick<Chat, 'id' | 'type'>, token: string): Promise<void> {
    const { texts, groupLocale } = this.talk;
    if (chat.type === 'group')
      return this.talk.say(chat.id, texts.html(groupLocale, 'group-needs-supergroup'));
    const claimed = await this.take(String(chat.id), token);
    if (claimed === 'foreign') return this.talk.say(chat.id, texts.html(groupLocale, 'group-claim-foreign'));
    if (claimed === 'taken') return this.talk.say(chat.id, texts.html(groupLocale, 'group-claim-taken'));
    const me = await this.identity.get();
    const seen = await this.api.call('getChatMember', { chat_id: chat.id, user_id: me.id });
    if (seen.kind !== 'done') throw new Error(`The rights in a chat could not be learnt: ${seen.kind}`);
    const rights = botRights(seen.value as ChatMember);
    await this.trouble.learnRights(claimed.id, rights, hasAllRights(rights));
    if (rights.invite) {
      const group = {
        title: claimed.title,
        chatId: String(chat.id),
        inviteLink: null,
        pinnedMessageId: null,
      };
      await ensureJoinLink(
        { groupId: claimed.id, group },
        { gateway: this.gateway, pool: this.database.pool },
      );
    }
    const lines = [
      texts.html(groupLocale, 'group-claimed', { group: claimed.title }),
      ...sayRights(texts, groupLocale, rights),
    ];
    await this.talk.say(chat.id, lines.join('\n'));
    await this.database.pool.query(
      'update groups set claim_hash = null, claim_expires_at = null where id = $1 and claim_hash = $2',
      [claimed.id, hashToken(token)],
    );
  }

  private async take(
    chatId: string,
    token: string,
  ): Promise<{ id: number; title: string } | 'foreign' | 'taken'> {
    const { pool } = this.database;
    const { rows } = await pool.query<{ id: number; title: string; taken: boolean }>(
      `select id, title, exists (select from groups other where other.platform = groups.platform
                                 and other.chat_id = $2 and other.id <> groups.id) as taken
       from groups where platform = 'telegram' and claim_hash = $1 and claim_expires_at > $3`,
      [hashToken(token), chatId, this.clock.now()],
    );
    const group = rows[0];
    if (!group) return 'foreign';
    if (group.taken) return 'taken';
    await inTransaction(pool, async (client) => {
      const { rowCount } = await client.query('select from groups where id = $1 and chat_id <> $2', [
        group.id,
        chatId,
      ]);
      if (rowCount) await forgetOldChat(client, group.id);
      await client.query(
        `update groups set chat_id = $2, invite_link = null, pinned_message_id = null, rights = null,
           status = 'suspended' where id = $1`,
        [group.id, chatId],
      );
    });
    return group;
  }
}

/** The group moves to another chat: who was in the old one, and what was to be done there, says nothing of the new one. */
async function forgetOldChat(client: PoolClient, groupId: number): Promise<void> {
  await client.query(
    `update effects set status = 'cancelled', finished_at = now() where group_id = $1 and status = 'open'`,
    [groupId],
  );
  await client.query(
    `update memberships set presence = 'unknown', presence_at = null, standing = 'none', grace_until = null,
       highest_karma = null where group_id = $1`,
    [groupId],
  );
  await client.query('update rules set reassessed_at = null where group_id = $1', [groupId]);
}
