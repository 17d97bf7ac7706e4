import { Injectable } from '@nestjs/common';
import type { Telegraf } from 'telegraf';
import { SetLocale } from '../../../people/set-locale';
import { LOCALES, type Locale } from '../../../platform/locale';

import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** `/language`: the language the bot speaks with a member. */
@Injectable()
export class LanguageCommand implements UpdateHandler {
  constructor(
    private readonly talk: TelegramTalk,
    private readonly setLocale: SetLocale,
  ) {}

  register(bot: Telegraf): void {
    bot.command('language', async (context) => {
      if (context.chat.type !== 'private') return;
      const { locale, member } = await this.talk.speaker(context);
      const { texts } = this.talk;
      if (!member) return this.talk.say(context.chat.id, texts.html(locale, 'not-linked'));
      await this.talk.say(
        context.chat.id,
        texts.html(locale, 'language-ask'),
        LOCALES.map((choice) => [
          { label: texts.plain(choice, 'language-name'), action: `language:${choice}` },
        ]),
      );
    });
    bot.action(/^language:(\w+)$/, async (context) => {
      const choice = LOCALES.find((locale): locale is Locale => locale === context.match[1]);
      const { member } = await this.talk.speaker(context);
      if (!choice || !member) {
        return this.talk.replaceQuestion(
          context,
          this.talk.texts.html(this.talk.localeOf(context), 'not-linked'),
        );
      }
      await this.setLocale.set(member.facts.memberId, choice);
      await this.talk.replaceQuestion(context, this.talk.texts.html(choice, 'language-set'));
    });
  }
}
