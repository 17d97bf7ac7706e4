// How the bot wants to hear of what happens: by asking, or by webhook, never both. The list of wanted kinds is kept
// until it is given anew, and holds only for updates that come after.
import { textOf, flagOf, integerOf, objectOf, type Params } from './params';
import type { WebhookInfo } from '@grammyjs/types';
import type { Sandbox } from '../sandbox';
import type { Poller } from '../updates/poller';
import type { WebhookDelivery } from '../updates/webhook-delivery';
import type { Method } from './method';
import { refuse } from './refusals';

const MAX_TIMEOUT_SECONDS = 50;

export interface UpdateMethods {
  getUpdates: Method;
  setWebhook: Method;
  deleteWebhook: Method;
  getWebhookInfo: Method;
}

export function updateMethods(poller: Poller, delivery: () => WebhookDelivery): UpdateMethods {
  return {
    getUpdates(sandbox, params) {
      if (sandbox.world.webhook !== undefined) refuse('pollingWithWebhook');
      keepWanted(sandbox, params);
      return poller.poll(sandbox, {
        offset: integerOf(params, 'offset') ?? 0,
        limit: clamp(integerOf(params, 'limit') ?? 100, 1, 100),
        timeoutSeconds: clamp(integerOf(params, 'timeout') ?? 0, 0, MAX_TIMEOUT_SECONDS),
      });
    },
    setWebhook(sandbox, params) {
      const url = textOf(params, 'url') ?? '';
      const secret = textOf(params, 'secret_token') ?? '';
      if (url !== '') checkUrl(url);
      if (!/^[A-Za-z0-9_-]{0,256}$/.test(secret)) refuse('webhookSecret');
      if (flagOf(params, 'drop_pending_updates')) sandbox.world.updates = [];
      if (url === '') return removeWebhook(sandbox);
      keepWanted(sandbox, params);
      poller.end('pollerAndWebhook');
      sandbox.world.webhook = {
        url,
        maxConnections: clamp(integerOf(params, 'max_connections') ?? 40, 1, 100),
        ...(secret === '' ? {} : { secret }),
      };
      delivery().refresh();
      return true;
    },
    deleteWebhook(sandbox, params) {
      if (flagOf(params, 'drop_pending_updates')) sandbox.world.updates = [];
      return removeWebhook(sandbox);
    },
    getWebhookInfo: (sandbox) => showWebhook(sandbox),
  };

  function removeWebhook(sandbox: Sandbox): true {
    delete sandbox.world.webhook;
    delivery().refresh();
    return true;
  }
}

function keepWanted(sandbox: Sandbox, params: Params): void {
  const wanted = objectOf<string[]>(params, 'allowed_updates', 'badJson');
  if (Array.isArray(wanted)) sandbox.world.allowedUpdates = wanted.map(String);
}

/** Telegram wants HTTPS; on the own machine plain HTTP will do, so that a webhook can be tried without a certificate. */
function checkUrl(url: string): void {
  if (!URL.canParse(url)) refuse('malformedUrl');
  const { protocol, hostname } = new URL(url);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && local)) refuse('webhookUrl');
}

function showWebhook(sandbox: Sandbox): WebhookInfo {
  const { webhook, updates, allowedUpdates } = sandbox.world;
  const info: WebhookInfo = {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: updates.length,
  };
  if (webhook !== undefined) info.max_connections = webhook.maxConnections;
  if (webhook?.lastErrorDate !== undefined) info.last_error_date = webhook.lastErrorDate;
  if (webhook?.lastErrorMessage !== undefined) info.last_error_message = webhook.lastErrorMessage;
  if (allowedUpdates !== undefined && allowedUpdates.length > 0) {
    info.allowed_updates = allowedUpdates as NonNullable<WebhookInfo['allowed_updates']>;
  }
  return info;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
