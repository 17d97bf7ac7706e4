import { Inject, Injectable } from '@nestjs/common';
import type { Update } from '@grammyjs/types';
import { Telegraf } from 'telegraf';
import { Environment } from '../../platform/environment';
import { TelegramIdentity } from './telegram-identity';
import { UPDATE_HANDLERS, type UpdateHandler } from './updates/update-handler';

/** Longer than an answer may wait for its place in the pace. */
const HANDLER_TIMEOUT_MS = 5 * 60 * 1000;

/** Finds the handler of an update. Telegraf routes; calls go through TelegramApi, which keeps the pace. */
@Injectable()
export class TelegramBot {
  private readonly bot: Telegraf;

  constructor(
    environment: Environment,
    private readonly identity: TelegramIdentity,
    @Inject(UPDATE_HANDLERS) handlers: UpdateHandler[],
  ) {
    this.bot = new Telegraf(environment.telegram.botToken, { handlerTimeout: HANDLER_TIMEOUT_MS });
    // Without this Telegraf prints the error and goes on as if the update had been handled.
    this.bot.catch((error) => {
      throw error;
    });
    for (const handler of handlers) handler.register(this.bot);
  }

  async handle(update: Update): Promise<void> {
    // Left to itself Telegraf asks who it is, and remembers a failure for ever.
    this.bot.botInfo = (await this.identity.get()) as unknown as NonNullable<Telegraf['botInfo']>;
    await this.bot.handleUpdate(update as never);
  }
}
