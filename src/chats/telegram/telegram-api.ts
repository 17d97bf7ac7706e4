import { Agent } from 'node:https';
import { Injectable } from '@nestjs/common';
import type { ApiMethods } from '@grammyjs/types';
import { Telegram, TelegramError } from 'telegraf';
import { Environment } from '../../platform/environment';
import { redact } from '../../platform/redact';
import { done, type NotDone, type Outcome } from '../outcome';
import { Pacer } from '../pacer';
import { paceOf, TELEGRAM_BOT_PACE } from './telegram-pace';
import { telegramOutcome } from './telegram-outcome.policy';

type Methods = ApiMethods<never>;
export type Method = keyof Methods;
export type Params<M extends Method> = NonNullable<Parameters<Methods[M]>[0]>;
export type Result<M extends Method> = ReturnType<Methods[M]>;

/** Shorter than the lease of an effect, so that nobody else begins while a call is still out. */
const CALL_TIMEOUT_MS = 5000;

/**
 * The one door to the Bot API: typed by the newest methods, paced, and answering with an outcome. Telegraf's own client
 * knows the methods of 2024; underneath, it passes any of them on.
 */
@Injectable()
export class TelegramApi {
  private readonly client: Telegram;
  private readonly messagesPerSecond: number;

  constructor(
    environment: Environment,
    private readonly pacer: Pacer,
  ) {
    const { botToken, apiRoot, messagesPerSecond } = environment.telegram;
    this.messagesPerSecond = messagesPerSecond;
    this.client = new Telegram(botToken, {
      apiRoot,
      webhookReply: false,
      // Connections that Telegram drops while they idle make kept-alive calls fail now and then.
      ...(apiRoot.startsWith('https:') ? { agent: new Agent({ keepAlive: false }) } : {}),
    });
  }

  /** Calls a method in its pace. `patienceMs` is how long it may wait for its place before it is put off. */
  async call<M extends Method>(
    method: M,
    params: Params<M>,
    patienceMs?: number,
  ): Promise<Outcome<Result<M>>> {
    const limits = paceOf(method, params, this.messagesPerSecond);
    const pace = await this.pacer.take(limits, patienceMs);
    if (!pace.granted) return { kind: 'flood', retryAfterMs: pace.retryAfterMs };
    const outcome = await this.callNow(method, params, CALL_TIMEOUT_MS);
    if (outcome.kind === 'flood') {
      await this.pacer.hold(limits[1]?.key ?? TELEGRAM_BOT_PACE, TELEGRAM_BOT_PACE, outcome.retryAfterMs);
    }
    return outcome;
  }

  /** For what is not paced: the bot's own set-up and waiting for updates. */
  async callNow<M extends Method>(
    method: M,
    params: Params<M>,
    timeoutMs: number,
    stop?: AbortSignal,
  ): Promise<Outcome<Result<M>>> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = stop ? AbortSignal.any([timeout, stop]) : timeout;
    try {
      return done(
        (await this.client.callApi(method as never, params as never, { signal } as never)) as Result<M>,
      );
    } catch (error) {
      return toOutcome(error);
    }
  }
}

function toOutcome(error: unknown): NotDone {
  if (error instanceof TelegramError) {
    return telegramOutcome({
      code: error.code,
      description: redact(error.description),
      retryAfter: error.parameters?.retry_after,
      migrateToChatId: error.parameters?.migrate_to_chat_id,
    });
  }
  // node-fetch writes the whole address into its messages, and the token is part of it.
  return { kind: 'unknown', problem: redact((error as Error).message) };
}
