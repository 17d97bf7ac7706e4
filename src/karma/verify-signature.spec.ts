import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { hashSourceKey, newSourceKey, signingKey, signingSecret } from './source-secrets';
import { type Signed, verifySignature } from './verify-signature';

const SECRET_KEY = 'a secret of the environment, long enough';
const keyHash = hashSourceKey(newSourceKey());
const key = signingKey(keyHash, SECRET_KEY);
const sender = new Webhook(signingSecret(keyHash, SECRET_KEY));
const now = new Date('2026-03-01T12:00:00Z');

/** A request as the reference library of Standard Webhooks signs it. */
function signed(body = '{"id":"e1","member":"rosa","delta":10}', at = now, id = 'msg_1'): Signed {
  return {
    id,
    timestamp: String(Math.floor(at.getTime() / 1000)),
    signatures: sender.sign(id, at, body),
    body: Buffer.from(body),
  };
}

const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('A signed request', () => {
  it('is valid when the library of the standard has signed it, whatever the body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (body) => {
        expect(verifySignature(signed(body), key, now)).toBe('valid');
      }),
    );
  });

  it('is invalid when anything that was signed has changed', () => {
    const request = signed();

    for (const changed of [
      { ...request, body: Buffer.from('{"id":"e1","member":"rosa","delta":11}') },
      { ...request, body: Buffer.alloc(0) },
      { ...request, id: 'msg_2' },
      { ...request, timestamp: String(Number(request.timestamp) + 1) },
    ]) {
      expect(verifySignature(changed, key, now)).toBe('invalid');
    }
  });

  it('is invalid with the secret of another key', () => {
    expect(verifySignature(signed(), randomBytes(32), now)).toBe('invalid');
  });

  it('may carry several signatures, of which one must fit', () => {
    const request = signed();
    const foreign = `v1,${randomBytes(32).toString('base64')}`;

    expect(
      verifySignature({ ...request, signatures: `v1a,xyz ${foreign} ${request.signatures}` }, key, now),
    ).toBe('valid');
    expect(verifySignature({ ...request, signatures: foreign }, key, now)).toBe('invalid');
  });

  it.each(['', 'v1', 'v1,', 'v1,AAAA', 'v2,AAAA', ' ', ',', 'v1,%%%%'])(
    'is invalid when signed "%s"',
    (text) => {
      expect(verifySignature({ ...signed(), signatures: text }, key, now)).toBe('invalid');
    },
  );

  it('is not valid with the right signature under a version we do not know', () => {
    const request = signed();

    expect(
      verifySignature({ ...request, signatures: request.signatures.replace('v1,', 'v2,') }, key, now),
    ).toBe('invalid');
  });

  it('is stale when its time is more than five minutes off, in either direction', () => {
    expect(verifySignature(signed(), key, later(300))).toBe('valid');
    expect(verifySignature(signed(), key, later(301))).toBe('stale');
    expect(verifySignature(signed(), key, later(-300))).toBe('valid');
    expect(verifySignature(signed(), key, later(-301))).toBe('stale');
  });

  it.each(['yesterday', '1.5', 'NaN', '2026-03-01'])('is invalid when its time is "%s"', (timestamp) => {
    expect(verifySignature({ ...signed(), timestamp }, key, now)).toBe('invalid');
  });
});

describe('The signing secret of a key', () => {
  it('needs both what the database knows and what the environment knows', () => {
    const other = hashSourceKey(newSourceKey());

    expect(signingKey(keyHash, SECRET_KEY).equals(signingKey(keyHash, `${SECRET_KEY}!`))).toBe(false);
    expect(signingKey(keyHash, SECRET_KEY).equals(signingKey(other, SECRET_KEY))).toBe(false);
  });

  it('is written as the standard wants it: 32 bytes of base64 behind whsec_', () => {
    expect(signingSecret(keyHash, SECRET_KEY)).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});
