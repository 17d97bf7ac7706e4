import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Update } from '@grammyjs/types';
import { DomainError } from '../../platform/domain-error';
import { sameSecret } from '../../platform/http/same-secret';
import { TelegramInbox } from './telegram-inbox';
import { TelegramWebhook, WEBHOOK_PATH } from './telegram-webhook';

/** Where Telegram delivers updates: answered as soon as they are stored. */
@ApiExcludeController()
@Controller(WEBHOOK_PATH)
export class TelegramWebhookController {
  constructor(
    private readonly webhook: TelegramWebhook,
    private readonly inbox: TelegramInbox,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(
    @Headers('x-telegram-bot-api-secret-token') secret: string | undefined,
    @Body() update: unknown,
  ): Promise<object> {
    if (!secret || !sameSecret(secret, this.webhook.secret)) {
      throw new DomainError(
        'unauthorized',
        401,
        'Only Telegram may send updates here, with the secret it was given.',
      );
    }
    if (!isUpdate(update))
      throw new DomainError('invalid-request', 422, 'This is not an update of the Bot API.');
    await this.inbox.receive([update]);
    return {};
  }
}

function isUpdate(candidate: unknown): candidate is Update {
  return Number.isSafeInteger((candidate as { update_id?: unknown } | null)?.update_id);
}
