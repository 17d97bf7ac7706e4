import { Injectable } from '@nestjs/common';
import type { Telegraf } from 'telegraf';
import { sayGroup } from '../../texts/say-group';
import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** `/karma`: the balance, and chat by chat how far it is to its door. */
@Injectable()
export class KarmaCommand implements UpdateHandler {
  constructor(private readonly talk: TelegramTalk) {}

  register(bot: Telegraf): void {
    bot.command('karma', async (context) => {
      if (context.chat.type !== 'private') return;
      const { locale, member } = await this.talk.speaker(context);
      const { texts } = this.talk;
      if (!member) return this.talk.say(context.chat.id, texts.html(locale, 'not-linked'));
      const { name, karma } = member.facts;
      const lines = member.groups.flatMap((group) => sayGroup(texts, locale, group, karma) ?? []);
      const body = lines.length > 0 ? lines.join('\n\n') : texts.html(locale, 'no-groups');
      await this.talk.say(
        context.chat.id,
        `${texts.html(locale, 'karma-title', { name, karma })}\n\n${body}`,
      );
    });
  }
}
