import { Injectable } from '@nestjs/common';
import type { Context, Telegraf } from 'telegraf';
import { LinkAccount } from '../../../people/link-account';
import { TelegramTalk } from '../telegram-talk';
import { ClaimGroup } from './claim-group';
import { sayTicket } from './say-ticket';
import { toHolder } from './to-holder';
import type { UpdateHandler } from './update-handler';

/** `/start`: a greeting; with a token, a question whether to link; in a group, a claim. */
@Injectable()
export class StartHandler implements UpdateHandler {
  constructor(
    private readonly talk: TelegramTalk,
    private readonly linkAccount: LinkAccount,
    private readonly claimGroup: ClaimGroup,
  ) {}

  register(bot: Telegraf): void {
    bot.start(async (context) => {
      const token = context.payload.trim();
      if (context.chat.type !== 'private') {
        if (/^[\w-]{22}$/.test(token)) await this.claimGroup.claim(context.chat, token);
        return;
      }
      await (token ? this.askToLink(context, token) : this.greet(context));
    });
    bot.action(/^link:(yes|no):([\w-]{22})$/, async (context) => {
      const [, answer, token] = context.match;
      await this.answer(context, answer === 'yes', token!);
    });
  }

  private async greet(context: Context): Promise<void> {
    const { locale, member } = await this.talk.speaker(context);
    const { texts } = this.talk;
    const text = member
      ? texts.html(locale, 'start-linked', { name: member.facts.name, karma: member.facts.karma })
      : texts.html(locale, 'start-unlinked');
    await this.talk.say(context.chat!.id, text);
  }

  private async askToLink(context: Context, token: string): Promise<void> {
    const { locale } = await this.talk.speaker(context);
    const { texts } = this.talk;
    const ticket = await this.linkAccount.look(token, toHolder(context.from!));
    if (ticket.verdict !== 'valid') return this.talk.say(context.chat!.id, sayTicket(texts, locale, ticket));
    const names = { name: ticket.memberName!, site: ticket.site! };
    await this.talk.say(context.chat!.id, texts.html(locale, 'link-ask', names), [
      [
        { label: texts.plain(locale, 'link-yes'), action: `link:yes:${token}` },
        { label: texts.plain(locale, 'link-no'), action: `link:no:${token}` },
      ],
    ]);
  }

  private async answer(context: Context, yes: boolean, token: string): Promise<void> {
    const holder = toHolder(context.from!);
    const locale = this.talk.localeOf(context);
    const { texts } = this.talk;
    if (!yes) {
      await this.linkAccount.decline(token, holder);
      return this.talk.replaceQuestion(context, texts.html(locale, 'link-declined'));
    }
    const ticket = await this.linkAccount.confirm(token, holder);
    await this.talk.replaceQuestion(context, sayTicket(texts, locale, ticket));
  }
}
