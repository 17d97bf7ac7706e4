import { createHmac } from 'node:crypto';

/** The credentials of a source that signs. */
export interface Signer {
  keyId: number;
  /** `whsec_…` */
  signingSecret: string;
}

let serial = 0;

/** A request to `POST /v1/events` byte for byte, signed as Standard Webhooks says, without the code that will check it. */
export function signedRequest(body: string, { keyId, signingSecret }: Signer): Buffer {
  const id = `bench-${process.pid}-${++serial}`;
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', Buffer.from(signingSecret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return Buffer.from(
    `POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
      `karmagate-key-id: ${keyId}\r\nwebhook-id: ${id}\r\nwebhook-timestamp: ${timestamp}\r\n` +
      `webhook-signature: v1,${signature}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
