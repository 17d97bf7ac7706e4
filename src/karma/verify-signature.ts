import { createHmac, timingSafeEqual } from 'node:crypto';

/** Standard Webhooks 1.0: how far a sender's clock may be off. */
const TOLERANCE_SECONDS = 5 * 60;

export interface Signed {
  id: string;
  timestamp: string;
  signatures: string;
  body: Buffer;
}

/** `v1` signatures of Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`; several may be given, one must fit. */
export function verifySignature(signed: Signed, key: Buffer, now: Date): 'valid' | 'invalid' | 'stale' {
  const seconds = Number(signed.timestamp);
  if (!Number.isInteger(seconds)) return 'invalid';
  if (Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_SECONDS) return 'stale';
  const expected = createHmac('sha256', key)
    .update(`${signed.id}.${signed.timestamp}.`)
    .update(signed.body)
    .digest();
  for (const signature of signed.signatures.split(' ')) {
    if (!signature.startsWith('v1,')) continue;
    const given = Buffer.from(signature.slice(3), 'base64');
    if (given.length === expected.length && timingSafeEqual(given, expected)) return 'valid';
  }
  return 'invalid';
}
