import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { UserFromGetMe } from '@grammyjs/types';
import { TelegramApi } from './telegram-api';

const LONGEST_PAUSE_MS = 10_000;

/** Who our bot is on Telegram: asked once, for as long as it takes. */
@Injectable()
export class TelegramIdentity {
  private readonly log = new Logger('telegram');
  private known: Promise<UserFromGetMe> | undefined;
  private stopped = false;

  constructor(private readonly api: TelegramApi) {}

  get(): Promise<UserFromGetMe> {
    return (this.known ??= this.ask());
  }

  onApplicationShutdown(): void {
    this.stopped = true;
  }

  private async ask(): Promise<UserFromGetMe> {
    for (let pause = 500; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const me = await this.api.callNow('getMe', {} as never, 5000);
      if (me.kind === 'done') return me.value;
      if (this.stopped) throw new Error('The application is stopping.');
      this.log.warn(`Telegram does not answer who the bot is: ${'problem' in me ? me.problem : me.kind}`);
      await wait(pause, undefined, { ref: false });
    }
  }
}
