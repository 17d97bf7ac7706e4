import { Injectable } from '@nestjs/common';
import type { ChatMember } from '@grammyjs/types';
import type { Presence } from '../../membership/standing.policy';
import type { Gateway, Message } from '../gateway';
import { done, type Outcome } from '../outcome';
import { inlineKeyboard } from './inline-keyboard';
import { TelegramApi } from './telegram-api';
import { telegramPresence } from './telegram-presence.policy';

/** The gateway to Telegram. */
@Injectable()
export class TelegramGateway implements Gateway {
  readonly platform = 'telegram';

  constructor(private readonly api: TelegramApi) {}

  async send(to: string, { html, buttons }: Message): Promise<Outcome<{ messageId: string }>> {
    const sent = await this.api.call('sendMessage', {
      chat_id: Number(to),
      text: html,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...inlineKeyboard(buttons),
    });
    return sent.kind === 'done' ? done({ messageId: String(sent.value.message_id) }) : sent;
  }

  async pin(chatId: string, messageId: string): Promise<Outcome> {
    return settle(
      await this.api.call('pinChatMessage', {
        chat_id: Number(chatId),
        message_id: Number(messageId),
        disable_notification: true,
      }),
    );
  }

  async unpin(chatId: string, messageId: string): Promise<Outcome> {
    return settle(
      await this.api.call('unpinChatMessage', { chat_id: Number(chatId), message_id: Number(messageId) }),
    );
  }

  async createJoinLink(chatId: string): Promise<Outcome<{ link: string }>> {
    const made = await this.api.call('createChatInviteLink', {
      chat_id: Number(chatId),
      name: 'karmagate',
      creates_join_request: true,
    });
    return made.kind === 'done' ? done({ link: made.value.invite_link }) : made;
  }

  async approve(chatId: string, userId: string): Promise<Outcome> {
    return settle(
      await this.api.call('approveChatJoinRequest', { chat_id: Number(chatId), user_id: Number(userId) }),
    );
  }

  async decline(chatId: string, userId: string): Promise<Outcome> {
    return settle(
      await this.api.call('declineChatJoinRequest', { chat_id: Number(chatId), user_id: Number(userId) }),
    );
  }

  /** A ban puts somebody out, lifting it lets them come back one day. Repeating either changes nothing. */
  async remove(chatId: string, userId: string): Promise<Outcome> {
    const target = { chat_id: Number(chatId), user_id: Number(userId) };
    const banned = await this.api.call('banChatMember', target);
    if (banned.kind !== 'done' && banned.kind !== 'already') return banned;
    return this.finishRemoval(chatId, userId);
  }

  /** `only_if_banned`, because without it lifting a ban puts a member out. */
  async finishRemoval(chatId: string, userId: string): Promise<Outcome> {
    return settle(
      await this.api.call('unbanChatMember', {
        chat_id: Number(chatId),
        user_id: Number(userId),
        only_if_banned: true,
      }),
    );
  }

  async presence(chatId: string, userId: string): Promise<Outcome<Presence>> {
    const member = await this.api.call('getChatMember', { chat_id: Number(chatId), user_id: Number(userId) });
    return member.kind === 'done' ? done(telegramPresence(member.value as ChatMember)) : member;
  }
}

function settle(outcome: Outcome<unknown>): Outcome {
  return outcome.kind === 'done' ? done() : outcome;
}
