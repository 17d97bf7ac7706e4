import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { UserFromGetMe } from '@grammyjs/types';
import { DomainError } from '../../platform/domain-error';
import { TelegramApi } from './telegram-api';

const LONGEST_PAUSE_MS = 10_000;
/** A caller of the API hears after this that Telegram is away; the bot itself waits. */
const PATIENCE_MS = 5000;

/** Who our bot is on Telegram: asked once, for as long as it takes. */
@Injectable()
export class TelegramIdentity implements OnModuleDestroy {
  private readonly log = new Logger('telegram');
  private known: Promise<UserFromGetMe> | undefined;
  private stopped = false;

  constructor(private readonly api: TelegramApi) {}

  get(): Promise<UserFromGetMe> {
    return (this.known ??= this.ask());
  }

  /** @throws DomainError `telegram-unavailable` (503). */
  async username(): Promise<string> {
    const late = wait(PATIENCE_MS, undefined, { ref: false });
    const me = await Promise.race([this.get(), late]);
    if (me) return me.username;
    const detail = 'Telegram does not answer at the moment: send the same request again in a minute.';
    throw new DomainError('telegram-unavailable', 503, detail, { retryAfterSeconds: 30 });
  }

  /** Before anybody who waits for an answer is waited for. */
  onModuleDestroy(): void {
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
