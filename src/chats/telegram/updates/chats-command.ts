import { Injectable } from '@nestjs/common';
import type { Telegraf } from 'telegraf';
import { isInside } from '../../../membership/standing.policy';
import type { Button } from '../../gateway';
import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** `/chats`: a button for each chat that is open and not entered yet; also for those who left and want back. */
@Injectable()
export class ChatsCommand implements UpdateHandler {
  constructor(private readonly talk: TelegramTalk) {}

  register(bot: Telegraf): void {
    bot.command('chats', async (context) => {
      if (context.chat.type !== 'private') return;
      const { locale, member } = await this.talk.speaker(context);
      const { texts } = this.talk;
      if (!member) return this.talk.say(context.chat.id, texts.html(locale, 'not-linked'));
      const entitled = member.groups.filter(
        ({ decision, standing }) => decision.entitled && standing !== 'barred',
      );
      const outside = entitled.filter(({ presence }) => !isInside(presence));
      const buttons = outside.flatMap(({ title, inviteLink }): Button[][] =>
        inviteLink
          ? [[{ label: texts.plain(locale, 'join-button', { group: title }), url: inviteLink }]]
          : [],
      );
      if (buttons.length > 0)
        return this.talk.say(context.chat.id, texts.html(locale, 'chats-title'), buttons);
      await this.talk.say(
        context.chat.id,
        texts.html(locale, entitled.length > 0 ? 'chats-all-in' : 'chats-none'),
      );
    });
  }
}
