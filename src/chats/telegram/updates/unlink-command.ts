import { Injectable } from '@nestjs/common';
import type { Telegraf } from 'telegraf';
import { UnlinkAccount } from '../../../people/unlink-account';
import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** `/unlink`: asks once more, because it closes doors. */
@Injectable()
export class UnlinkCommand implements UpdateHandler {
  constructor(
    private readonly talk: TelegramTalk,
    private readonly unlinkAccount: UnlinkAccount,
  ) {}

  register(bot: Telegraf): void {
    bot.command('unlink', async (context) => {
      if (context.chat.type !== 'private') return;
      const { locale, member } = await this.talk.speaker(context);
      const { texts } = this.talk;
      if (!member) return this.talk.say(context.chat.id, texts.html(locale, 'not-linked'));
      await this.talk.say(context.chat.id, texts.html(locale, 'unlink-ask', { name: member.facts.name }), [
        [{ label: texts.plain(locale, 'unlink-yes'), action: 'unlink:yes' }],
        [{ label: texts.plain(locale, 'unlink-no'), action: 'unlink:no' }],
      ]);
    });
    bot.action(/^unlink:(yes|no)$/, async (context) => {
      const { locale, member } = await this.talk.speaker(context);
      const unlink = context.match[1] === 'yes' && member !== undefined;
      if (unlink) await this.unlinkAccount.unlink(member.facts.memberId, 'telegram');
      const text = unlink || (context.match[1] === 'yes' && !member) ? 'unlink-done' : 'unlink-kept';
      await this.talk.replaceQuestion(context, this.talk.texts.html(locale, text));
    });
  }
}
