import * as fc from 'fast-check';
import { redact } from './redact';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 10 });
const word = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE64URL = `${LETTERS}0123456789-_`;

/** What must never be read in a log: the secret part, and the text around it that carries it. */
const botToken = fc
  .tuple(digits, word(BASE64URL, 35))
  .map(([id, secret]) => ({ secret, text: `${id}:${secret}` }));
const sourceKey = word(BASE64URL, 43).map((secret) => ({ secret, text: `kgk_${secret}` }));
const signingSecret = word(`${LETTERS}0123456789+/`, 43).map((secret) => ({
  secret,
  text: `whsec_${secret}=`,
}));
const password = word(`${LETTERS}0123456789!$&*@:`, 16);

/** Where secrets turn up: addresses, messages, stacks, and all of these inside JSON. */
const carriers: ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `request to https://api.telegram.org/bot${secret}/sendMessage failed, reason: socket hang up`,
  (secret) => `https://api.telegram.org/file/bot${secret}/photos/1.jpg`,
  (secret) => `http://127.0.0.1:8081/bot${secret}/getMe?timeout=25`,
  (secret) => `proxy?to=${encodeURIComponent(`https://api.telegram.org/bot${secret}/getMe`)}`,
  (secret) => `Error: no answer\n    at call (https://h/bot${secret}/x:1:2)\n    at next`,
  (secret) => `first line\n${secret}\nlast line`,
  (secret) => `first line\nbot${secret}\nlast line`,
  (secret) => `tab\t${secret}\ttab`,
  (secret) => `token="${secret}", again '${secret}'`,
  (secret) => `_${secret}_`,
];
const carrier = fc.constantFrom(...carriers);
const wrapped = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => JSON.stringify({ msg: text, err: { stack: `${text}\n    at x` } }),
  (text) => JSON.stringify(JSON.stringify([text])),
);

describe('A secret', () => {
  it.each([
    ['a bot token', botToken],
    ['a source key', sourceKey],
    ['a signing secret', signingSecret],
  ])('that is %s never survives, wherever it stands', (_, kind) => {
    fc.assert(
      fc.property(kind, carrier, wrapped, ({ secret, text }, carry, wrap) => {
        const clean = redact(wrap(carry(text)));
        for (let at = 0; at + 12 <= secret.length; at += 1) {
          const piece = secret.slice(at, at + 12);
          expect(clean).not.toContain(piece);
          expect(clean).not.toContain(encodeURIComponent(piece));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that is a password in an address never survives', () => {
    const address = fc.constantFrom('postgres', 'postgresql', 'redis', 'rediss');
    fc.assert(
      fc.property(address, password, wrapped, (protocol, secret, wrap) => {
        const clean = redact(wrap(`cannot connect to ${protocol}://gate:${secret}@db.example:5432/karma`));
        expect(clean).not.toContain(secret.slice(0, 8));
        expect(clean).not.toContain(secret.slice(-8));
        expect(clean).toContain('db.example:5432/karma');
      }),
      { numRuns: 300 },
    );
  });

  it('that stands in a header never survives, and the line of the log is JSON still', () => {
    expect(redact('authorization: Bearer administrator-of-the-tests')).not.toContain('administrator');
    const line = { headers: { authorization: 'Bearer administrator-of-the-tests' }, msg: 'two words' };
    expect(JSON.parse(redact(JSON.stringify(line)))).toEqual({
      headers: { authorization: 'Bearer [token]' },
      msg: 'two words',
    });
  });
});

describe('What is no secret', () => {
  it.each([
    'member 42 crossed 500 at 2026-03-01T12:00:00.000Z in 12345:67',
    'http://localhost:3000/docs',
    'postgres://localhost:5432/karmagate',
    'Bad Request: chat not found -1001234567890',
  ])('stays readable: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('stays readable around a secret that was taken out', () => {
    expect(
      redact('POST https://api.telegram.org/bot123456789:AAH-abcdefghijklmnopqrstuvwxyz/getMe → 404'),
    ).toBe('POST https://api.telegram.org/bot[token]/getMe → 404');
  });
});
