import { createHash, randomBytes } from 'node:crypto';

/** 128 random bits in 22 characters of base64url, which fits a Telegram start parameter. */
export function newToken(): string {
  return randomBytes(16).toString('base64url');
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
