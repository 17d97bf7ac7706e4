import { Injectable } from '@nestjs/common';
import type { ChatMember, ChatMemberUpdated } from '@grammyjs/types';
import type { Telegraf } from 'telegraf';
import { Database } from '../../../platform/database/database';
import { GroupTrouble } from '../../group-trouble';
import { botRights, hasAllRights, sayRights } from '../telegram-rights.policy';
import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** What happens to the bot itself: rights given and taken in groups, blocked and unblocked by people. */
@Injectable()
export class BotChangedHandler implements UpdateHandler {
  constructor(
    private readonly database: Database,
    private readonly trouble: GroupTrouble,
    private readonly talk: TelegramTalk,
  ) {}

  register(bot: Telegraf): void {
    bot.on('my_chat_member', async (context) => {
      const change = context.myChatMember as unknown as ChatMemberUpdated;
      if (change.chat.type === 'private') return this.changeReach(change);
      if (change.chat.type !== 'channel') await this.changeRights(change);
    });
  }

  private async changeReach({ from, new_chat_member: now }: ChatMemberUpdated): Promise<void> {
    await this.database.pool.query(
      `update accounts set reachable = $2 where platform = 'telegram' and platform_user_id = $1`,
      [String(from.id), now.status === 'member'],
    );
  }

  private async changeRights(change: ChatMemberUpdated): Promise<void> {
    const { texts, groupLocale } = this.talk;
    const { rows } = await this.database.pool.query<{ id: number; rights: object | null; status: string }>(
      `select id, rights, status from groups where platform = 'telegram' and chat_id = $1`,
      [String(change.chat.id)],
    );
    const group = rows[0];
    if (!group) {
      // Added by its claim link it comes as an administrator, and the claim follows at once.
      if (change.new_chat_member.status === 'member') {
        await this.talk.say(change.chat.id, texts.html(groupLocale, 'group-not-managed'));
      }
      return;
    }
    if (change.new_chat_member.status === 'left' || change.new_chat_member.status === 'kicked') {
      return this.trouble.suspend(
        group.id,
        'The bot is not in the chat any more: make a new link and add it again.',
      );
    }
    const rights = botRights(change.new_chat_member as ChatMember);
    await this.trouble.learnRights(group.id, rights, hasAllRights(rights));
    // A group whose rights are not known yet is being claimed, and hears of them from the claim.
    if (group.rights === null || (group.status !== 'suspended' && hasAllRights(rights))) return;
    const lines = hasAllRights(rights)
      ? [texts.html(groupLocale, 'group-rights-back')]
      : sayRights(texts, groupLocale, rights);
    await this.talk.say(change.chat.id, lines.join('\n'));
  }
}
