import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Environment } from '../../platform/environment';
import { ALLOWED_UPDATES } from './allowed-updates';
import { TelegramApi } from './telegram-api';

export const WEBHOOK_PATH = 'telegram/webhook';

/** Tells Telegram where to send updates, when a webhook is configured. */
@Injectable()
export class TelegramWebhook implements OnApplicationBootstrap {
  private readonly log = new Logger('telegram');
  /** Proves that a request is Telegram's. Derived, so that every process knows it and none stores it. */
  readonly secret: string;

  constructor(
    private readonly environment: Environment,
    private readonly api: TelegramApi,
  ) {
    this.secret = createHmac('sha256', environment.secretKey).update('telegram webhook').digest('base64url');
  }

  onApplicationBootstrap(): void {
    const { webhookUrl } = this.environment.telegram;
    if (webhookUrl) void this.set(webhookUrl);
  }

  private async set(url: string): Promise<void> {
    for (;;) {
      const answer = await this.api.callNow(
        'setWebhook',
        {
          url: `${url.replace(/\/$/, '')}/${WEBHOOK_PATH}`,
          secret_token: this.secret,
          allowed_updates: ALLOWED_UPDATES,
        },
        5000,
      );
      if (answer.kind === 'done') return;
      this.log.warn(`the webhook could not be set: ${'problem' in answer ? answer.problem : answer.kind}`);
      await wait(5000, undefined, { ref: false });
    }
  }
}
