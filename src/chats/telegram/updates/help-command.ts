import { Injectable } from '@nestjs/common';
import type { Context, Telegraf } from 'telegraf';
import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** `/help`, and whatever else somebody writes to the bot. */
@Injectable()
export class HelpCommand implements UpdateHandler {
  constructor(private readonly talk: TelegramTalk) {}

  register(bot: Telegraf): void {
    bot.command('help', (context) => this.help(context));
    bot.on('text', (context) => this.help(context));
  }

  private async help(context: Context): Promise<void> {
    if (context.chat?.type !== 'private') return;
    const { locale } = await this.talk.speaker(context);
    await this.talk.say(context.chat.id, this.talk.texts.html(locale, 'help'));
  }
}
