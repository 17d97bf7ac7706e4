import { Injectable } from '@nestjs/common';
import type { Telegraf } from 'telegraf';
import { isInside } from '../../../membership/standing.policy';
import { Database } from '../../../platform/database/database';
import { ensureJoinLink } from '../../effects/ensure-join-link';
import type { Button } from '../../gateway';
import { TelegramGateway } from '../telegram-gateway';
import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** `/chats`: a button for each chat that is open and not entered yet; also for those who left and want back. */
@Injectable()
export class ChatsCommand implements UpdateHandler {
  constructor(
    private readonly talk: TelegramTalk,
    private readonly database: Database,
    private readonly gateway: TelegramGateway,
  ) {}

  register(bot: Telegraf): void {
    bot.command('chats', async (context) => {
      if (context.chat.type !== 'private') return;
      const { locale, member } = await this.talk.speaker(context);
      const { texts } = this.talk;
      if (!member) return this.talk.say(context.chat.id, texts.html(locale, 'not-linked'));
      const entitled = member.groups.filter(
        ({ decision, standing }) => decision.entitled && standing !== 'barred',
      );
      if (entitled.length === 0) return this.talk.say(context.chat.id, texts.html(locale, 'chats-none'));
      const buttons: Button[][] = [];
      const stuck: string[] = [];
      for (const { groupId, title: group, presence } of entitled) {
        if (isInside(presence)) continue;
        const url = await this.linkOf(groupId);
        if (url) buttons.push([{ label: texts.plain(locale, 'join-button', { group }), url }]);
        else stuck.push(texts.html(locale, 'chats-stuck', { group }));
      }
      if (buttons.length > 0) stuck.unshift(texts.html(locale, 'chats-title'));
      const answer = stuck.length > 0 ? stuck.join('\n') : texts.html(locale, 'chats-all-in');
      await this.talk.say(context.chat.id, answer, buttons.length > 0 ? buttons : undefined);
    });
  }

  /** A group that moved has lost its link: it gets a new one when somebody wants it. */
  private async linkOf(groupId: number): Promise<string | undefined> {
    const { pool } = this.database;
    const { rows } = await pool.query<{ title: string; chatId: string | null; inviteLink: string | null }>(
      'select title, chat_id as "chatId", invite_link as "inviteLink" from groups where id = $1',
      [groupId],
    );
    const group = { ...rows[0]!, pinnedMessageId: null };
    const link = await ensureJoinLink({ groupId, group }, { gateway: this.gateway, pool });
    return link.kind === 'done' ? link.value.link : undefined;
  }
}
