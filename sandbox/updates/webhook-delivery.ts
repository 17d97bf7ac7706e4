// Delivers updates to the bot's webhook, one at a time and in order. An update that is not answered with 2xx is sent
// again, each time after a longer pause, and nothing overtakes it.
import type { Update } from '@grammyjs/types';
import { unixTime, type Sandbox } from '../sandbox';
import type { Webhook } from '../state/world';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const ANSWER_WITHIN_MS = 60_000;

export interface WebhookDelivery {
  /** Looks at the world again: a webhook was set, removed or changed. */
  refresh(): void;
  stop(): void;
}

/** A webhook may answer with a method call instead of making one; `perform` runs it. */
export type PerformReply = (method: string, params: Record<string, unknown>) => Promise<unknown>;

export function deliverToWebhook(
  sandbox: Sandbox,
  perform: PerformReply,
  firstPauseMs = FIRST_PAUSE_MS,
): WebhookDelivery {
  let stopped = false;
  let running = false;
  let pauseMs = firstPauseMs;
  let timer: NodeJS.Timeout | undefined;
  let request: AbortController | undefined;

  function wake(): void {
    clearTimeout(timer);
    timer = undefined;
    void run();
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    try {
      for (;;) {
        const { webhook } = sandbox.world;
        const [update] = sandbox.updates.first(1);
        if (stopped || webhook === undefined || update === undefined) return;
        const failure = await send(webhook, update);
        if (stopped || sandbox.world.webhook !== webhook) continue;
        if (failure === undefined) {
          pauseMs = firstPauseMs;
          sandbox.updates.confirm(update.update_id + 1);
          continue;
        }
        webhook.lastErrorDate = unixTime(sandbox);
        webhook.lastErrorMessage = failure.message;
        timer = setTimeout(wake, failure.retryAfterMs ?? pauseMs);
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        return;
      }
    } finally {
      running = false;
    }
  }

  async function send(webhook: Webhook, update: Update): Promise<Failure | undefined> {
    request = new AbortController();
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': webhook.secret }),
        },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      const body = await response.text();
      if (response.ok) {
        await performReply(body);
        return undefined;
      }
      const retryAfter = Number(response.headers.get('retry-after'));
      const message = `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      return retryAfter > 0 ? { message, retryAfterMs: Math.min(3600, retryAfter) * 1000 } : { message };
    } catch {
      return { message: 'Connection refused' };
    }
  }

  async function performReply(body: string): Promise<void> {
    if (!body.startsWith('{')) return;
    try {
      const { method, ...params } = JSON.parse(body) as Record<string, unknown>;
      if (typeof method === 'string') await perform(method, params);
    } catch {
      // Whoever answers with something else than a call hears nothing about it from Telegram either.
    }
  }

  const stopListening = sandbox.updates.onArrival(() => {
    if (timer === undefined) setImmediate(() => void run());
  });

  return {
    refresh() {
      pauseMs = firstPauseMs;
      request?.abort();
      wake();
    },
    stop() {
      stopped = true;
      stopListening();
      clearTimeout(timer);
      request?.abort();
    },
  };
}

interface Failure {
  message: string;
  retryAfterMs?: number;
}
