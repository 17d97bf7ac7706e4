import { setTimeout as wait } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Client } from 'pg';
import { Environment } from '../../platform/environment';
import { ALLOWED_UPDATES } from './allowed-updates';
import { TelegramApi } from './telegram-api';
import { TelegramInbox } from './telegram-inbox';

const POLL_SECONDS = 25;
const POLLER_LOCK = 7_010_002;
const PAUSE_MS = 2000;

/**
 * Asks Telegram for updates when there is no webhook. One process in the cluster does: it holds a session lock, which
 * Postgres gives to the next as soon as the connection of a process that died is gone.
 */
@Injectable()
export class TelegramPoller implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('telegram');
  private readonly stop = new AbortController();
  private running: Promise<void> | undefined;
  private offset: number | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly api: TelegramApi,
    private readonly inbox: TelegramInbox,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.environment.telegram.webhookUrl) this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      try {
        await this.pollWhileLeading();
      } catch (error) {
        this.log.warn(`polling was interrupted: ${(error as Error).message}`);
      }
      await wait(PAUSE_MS, undefined, { signal: this.stop.signal }).catch(() => {});
    }
  }

  private async pollWhileLeading(): Promise<void> {
    const session = new Client({
      connectionString: this.environment.databaseUrl,
      application_name: 'karmagate-poller',
      keepAlive: true,
    });
    const lost = new AbortController();
    session.on('error', () => lost.abort());
    session.on('end', () => lost.abort());
    await session.connect();
    try {
      const { rows } = await session.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [
        POLLER_LOCK,
      ]);
      if (!rows[0]?.leads) return;
      const deleted = await this.api.callNow(
        'deleteWebhook',
        { drop_pending_updates: false },
        5000,
        this.stop.signal,
      );
      // While a webhook is set Telegram gives no updates to anybody who asks.
      if (deleted.kind !== 'done') throw new Error(`a webhook may still be set: ${deleted.kind}`);
      const until = AbortSignal.any([lost.signal, this.stop.signal]);
      while (!until.aborted) await this.poll(until);
    } finally {
      await session.end().catch(() => {});
    }
  }

  private async poll(until: AbortSignal): Promise<void> {
    const answer = await this.api.callNow(
      'getUpdates',
      {
        timeout: POLL_SECONDS,
        allowed_updates: ALLOWED_UPDATES,
        ...(this.offset === undefined ? {} : { offset: this.offset }),
      },
      (POLL_SECONDS + 10) * 1000,
      until,
    );
    if (until.aborted) return;
    if (answer.kind !== 'done') {
      this.log.warn(`Telegram gives no updates: ${'problem' in answer ? answer.problem : answer.kind}`);
      const pause = answer.kind === 'flood' ? answer.retryAfterMs : PAUSE_MS;
      await wait(pause, undefined, { signal: until }).catch(() => {});
      return;
    }
    await this.inbox.receive(answer.value);
    // The next question acknowledges these: they are rows by now.
    const last = answer.value.at(-1);
    if (last) this.offset = last.update_id + 1;
  }
}
