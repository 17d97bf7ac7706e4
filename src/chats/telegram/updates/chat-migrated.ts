import { Injectable } from '@nestjs/common';
import type { Telegraf } from 'telegraf';
import { GroupTrouble } from '../../group-trouble';
import type { UpdateHandler } from './update-handler';

/** A group became a supergroup: it has another id now. */
@Injectable()
export class ChatMigratedHandler implements UpdateHandler {
  constructor(private readonly trouble: GroupTrouble) {}

  register(bot: Telegraf): void {
    bot.on('migrate_to_chat_id', async (context) => {
      await this.trouble.move(
        'telegram',
        String(context.chat.id),
        String(context.message.migrate_to_chat_id),
      );
    });
  }
}
