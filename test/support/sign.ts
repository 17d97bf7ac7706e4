import { Webhook } from 'standardwebhooks';

/** The headers of a request signed by the reference library of Standard Webhooks, as a site would send it. */
export function sign(
  keyId: number,
  signingSecret: string,
  body: string,
  at = new Date(),
  id = 'msg_1',
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'karmagate-key-id': String(keyId),
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(signingSecret).sign(id, at, body),
  };
}
