import { Injectable } from '@nestjs/common';
import type { ChatMember, ChatMemberUpdated } from '@grammyjs/types';
import type { Telegraf } from 'telegraf';
import { RecordPresence } from '../../../membership/record-presence';
import { telegramPresence } from '../telegram-presence.policy';
import type { UpdateHandler } from './update-handler';

/** Who comes and goes in the groups. */
@Injectable()
export class MemberChangedHandler implements UpdateHandler {
  constructor(private readonly presence: RecordPresence) {}

  register(bot: Telegraf): void {
    bot.on('chat_member', async (context) => {
      const change = context.chatMember as unknown as ChatMemberUpdated;
      const seen = telegramPresence(change.new_chat_member as ChatMember);
      // Our own removal bans for a moment. A ban by anybody else is a human's word.
      const byUs = change.from.id === context.botInfo.id;
      await this.presence.record({
        platform: 'telegram',
        chatId: String(change.chat.id),
        platformUserId: String(change.new_chat_member.user.id),
        presence: seen === 'banned' && byUs ? 'out' : seen,
        at: new Date(change.date * 1000),
        order: context.update.update_id,
      });
    });
  }
}
