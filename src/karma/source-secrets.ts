import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * A key is 256 random bits, stored only as its hash. The signing secret that goes with it is derived from that hash and
 * SECRET_KEY: it is stored nowhere, and neither the database nor the environment alone can make it.
 */
export function newSourceKey(): string {
  return `kgk_${randomBytes(32).toString('base64url')}`;
}

export function hashSourceKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** As Standard Webhooks writes secrets: `whsec_` and 32 bytes in base64. */
export function signingSecret(keyHash: Buffer, secretKey: string): string {
  return `whsec_${signingKey(keyHash, secretKey).toString('base64')}`;
}

export function signingKey(keyHash: Buffer, secretKey: string): Buffer {
  return createHmac('sha256', secretKey).update('source signing key').update(keyHash).digest();
}
