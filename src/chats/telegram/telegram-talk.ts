import { Injectable, Logger } from '@nestjs/common';
import type { Context } from 'telegraf';
import { ExplainMember, type Explanation } from '../../membership/explain-member';
import { Environment } from '../../platform/environment';
import type { Button } from '../gateway';
import type { Locale } from '../../platform/locale';
import { chooseLocale, Texts } from '../texts/texts';
import { inlineKeyboard } from './inline-keyboard';
import { TelegramApi } from './telegram-api';

/** An answer to somebody waits longer for its place than an effect: there is no row that would bring it back. */
const PATIENCE_MS = 60_000;

export interface Speaker {
  userId: string;
  locale: Locale;
  /** Who they are on the site, when they are linked. */
  member: Explanation | undefined;
}

/** Conversation with one person: who they are, and answers in their language. */
@Injectable()
export class TelegramTalk {
  private readonly log = new Logger('telegram');

  constructor(
    readonly texts: Texts,
    private readonly api: TelegramApi,
    private readonly explainMember: ExplainMember,
    private readonly environment: Environment,
  ) {}

  async speaker(context: Context): Promise<Speaker> {
    const userId = String(context.from?.id);
    const member = await this.explainMember.byAccount('telegram', userId);
    return { userId, member, locale: this.localeOf(context, member?.facts.locale) };
  }

  localeOf(context: Context, preferred?: string | null): Locale {
    return chooseLocale(this.environment.defaultLocale, preferred, context.from?.language_code);
  }

  get groupLocale(): Locale {
    return this.environment.defaultLocale;
  }

  async say(chatId: number, html: string, buttons?: Button[][]): Promise<void> {
    const said = await this.api.call(
      'sendMessage',
      {
        chat_id: chatId,
        text: html,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...inlineKeyboard(buttons),
      },
      PATIENCE_MS,
    );
    // The update that asked for it is handled again.
    if (said.kind === 'flood') throw new Error('An answer found no place in the pace.');
    if (said.kind === 'unknown' || said.kind === 'refused')
      this.log.warn(`an answer was not sent: ${said.problem}`);
  }

  /** Answers a pressed button by putting the answer in the place of the question. */
  async replaceQuestion(context: Context, html: string): Promise<void> {
    const query = context.callbackQuery;
    if (!query) return;
    await this.api.call('answerCallbackQuery', { callback_query_id: query.id }, PATIENCE_MS);
    const message = query.message;
    if (!message) return;
    await this.api.call(
      'editMessageText',
      { chat_id: message.chat.id, message_id: message.message_id, text: html, parse_mode: 'HTML' },
      PATIENCE_MS,
    );
  }
}
