import { Injectable } from '@nestjs/common';
import type { ChatJoinRequest } from '@grammyjs/types';
import type { Telegraf } from 'telegraf';
import { RecordPresence } from '../../../membership/record-presence';
import { Database } from '../../../platform/database/database';
import { TelegramGateway } from '../telegram-gateway';
import { TelegramTalk } from '../telegram-talk';
import type { UpdateHandler } from './update-handler';

/** How long the bot may write to somebody who asks to join and never wrote to it (Bot API, chat_join_request). */
const CONTACT_MS = 5 * 60 * 1000;

/**
 * Somebody at the door. A member is put on the work list as `requested`, and the one decision answers; a stranger is told
 * how to become a member and declined.
 */
@Injectable()
export class JoinRequestHandler implements UpdateHandler {
  constructor(
    private readonly database: Database,
    private readonly presence: RecordPresence,
    private readonly gateway: TelegramGateway,
    private readonly talk: TelegramTalk,
  ) {}

  register(bot: Telegraf): void {
    bot.on('chat_join_request', async (context) => {
      const request = context.chatJoinRequest as unknown as ChatJoinRequest;
      const chatId = String(request.chat.id);
      const userId = String(request.from.id);
      const { rows } = await this.database.pool.query<{ title: string }>(
        `select title from groups where platform = 'telegram' and chat_id = $1 and status <> 'unclaimed'`,
        [chatId],
      );
      const group = rows[0];
      if (!group) return;
      const at = new Date(request.date * 1000);
      const contact = { id: String(request.user_chat_id), until: new Date(at.getTime() + CONTACT_MS) };
      const seen = {
        platform: 'telegram',
        chatId,
        platformUserId: userId,
        presence: 'requested' as const,
        at,
        order: context.update.update_id,
        contact,
      };
      if ((await this.presence.record(seen)) > 0) return;
      const text = this.talk.texts.html(this.talk.localeOf(context), 'declined-unlinked', {
        group: group.title,
      });
      await this.talk.say(request.user_chat_id, text);
      const declined = await this.gateway.decline(chatId, userId);
      // Nothing but this update knows of a stranger: it is handled again.
      if (declined.kind === 'unknown' || declined.kind === 'flood') {
        throw new Error(`A request to join could not be declined: ${declined.kind}`);
      }
    });
  }
}
