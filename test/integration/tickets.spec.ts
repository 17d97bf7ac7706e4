import { createHash } from 'node:crypto';
import { encode } from 'uqr';
import { startApplication, type TestApplication } from '../support/application';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';
import { type Linking, startLinking } from '../support/linking';

let app: TestApplication;
let forum: KarmaSource;
let linking: Linking;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
  linking = startLinking(app, forum);
});

afterAll(() => app.stop());

describe('A ticket', () => {
  it('is a link to the bot with 128 random bits, for an hour', async () => {
    const name = await linking.member();
    const [ticket, other] = [await linking.ticketFor(name), await linking.ticketFor(name)];

    expect(ticket.url).toBe(`https://t.me/${app.sandbox.botUsername}?start=${ticket.token}`);
    expect(ticket.token).toMatch(/^[\w-]{22}$/);
    expect(other.token).not.toBe(ticket.token);
    expect(Date.parse(ticket.expiresAt) - app.clock.now().getTime()).toBeGreaterThan(59 * 60_000);
    expect(Date.parse(ticket.expiresAt) - app.clock.now().getTime()).toBeLessThanOrEqual(60 * 60_000);
  });

  it('is a picture too, that a camera reads as the link', async () => {
    const { url, qr } = await linking.ticketFor(await linking.member());

    expect(qr).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]*>.*<\/svg>$/s);
    expect(qr).not.toMatch(/<(script|image|a)\b|href/);
    expect(darkCellsOf(qr)).toEqual(darkCellsOfLink(url));
  });

  it('is stored as a hash', async () => {
    const { token } = await linking.ticketFor(await linking.member());

    const { rows } = await app.pool.query(`select tickets::text as stored from tickets`);
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(Buffer.from(token).toString('hex'));
    expect(stored).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    expect(stored).toContain(createHash('sha256').update(token).digest('hex'));
  });

  it('says whose it is to whoever looks, and is not used up by looking', async () => {
    const { token } = await linking.ticketFor(await linking.member());
    const view = { verdict: 'valid', memberName: 'Rosa R.', site: 'Forum' };

    expect(await linking.link.look(token, linking.somebody())).toEqual(view);
    expect(await linking.link.look(token, linking.somebody())).toEqual(view);
  });

  it('links the account of whoever confirms it, and has the member looked at', async () => {
    const name = await linking.member();
    const { token } = await linking.ticketFor(name);
    const holder = linking.somebody();
    const before = await linking.dueVersion(name);

    expect(await linking.link.confirm(token, holder)).toMatchObject({ verdict: 'valid' });

    expect(await linking.accountOf(name)).toBe(holder.platformUserId);
    expect(await linking.dueVersion(name)).toBeGreaterThan(before);
    const { body } = await app.api<{ accounts: unknown[] }>(`/v1/members/${name}`, { bearer: forum.key });
    expect(body.accounts).toEqual([
      { platform: 'telegram', displayName: holder.displayName, username: null },
    ]);
  });

  it('takes the language of the holder, unless the member has chosen one', async () => {
    const [silent, decided] = [await linking.member(), await linking.member()];
    await app.api(`/v1/members/${decided}`, { method: 'PUT', bearer: forum.key, body: { locale: 'en' } });
    for (const name of [silent, decided]) {
      await linking.link.confirm((await linking.ticketFor(name)).token, {
        ...linking.somebody(),
        locale: 'ru',
      });
    }

    const localeOf = async (name: string) =>
      (await app.api<{ locale: string }>(`/v1/members/${name}`, { bearer: forum.key })).body.locale;
    expect([await localeOf(silent), await localeOf(decided)]).toEqual(['ru', 'en']);
  });

  it('works once: afterwards it is used for others, and done for its holder', async () => {
    const name = await linking.member();
    const { token } = await linking.ticketFor(name);
    const holder = linking.somebody();
    await linking.link.confirm(token, holder);

    expect((await linking.link.confirm(token, linking.somebody())).verdict).toBe('used');
    expect((await linking.link.confirm(token, holder)).verdict).toBe('already_linked');
    expect((await linking.link.look(token, linking.somebody())).verdict).toBe('used');
    expect(await linking.accountOf(name)).toBe(holder.platformUserId);
  });

  it('works once, however many confirm it at the same moment', async () => {
    const name = await linking.member();
    const { token } = await linking.ticketFor(name);
    const crowd = Array.from({ length: 12 }, linking.somebody);

    const verdicts = (await Promise.all(crowd.map((holder) => linking.link.confirm(token, holder)))).map(
      ({ verdict }) => verdict,
    );

    expect(verdicts.toSorted()).toEqual([...Array.from({ length: 11 }, () => 'used'), 'valid']);
    expect(await linking.accountOf(name)).toBe(crowd[verdicts.indexOf('valid')]!.platformUserId);
  });

  it('pressed twice by an impatient holder links once and says so twice', async () => {
    const { token } = await linking.ticketFor(await linking.member());
    const holder = linking.somebody();

    const verdicts = await Promise.all([
      linking.link.confirm(token, holder),
      linking.link.confirm(token, holder),
    ]);

    expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual(['already_linked', 'valid']);
  });

  it('is too old after an hour', async () => {
    const name = await linking.member();
    const { token } = await linking.ticketFor(name);
    app.clock.forward({ minutes: 59 });
    expect((await linking.link.look(token, linking.somebody())).verdict).toBe('valid');
    app.clock.forward({ minutes: 1 });

    expect((await linking.link.look(token, linking.somebody())).verdict).toBe('expired');
    expect((await linking.link.confirm(token, linking.somebody())).verdict).toBe('expired');
    expect(await linking.accountOf(name)).toBeUndefined();
  });

  it('that was declined works for nobody any more', async () => {
    const name = await linking.member();
    const { token } = await linking.ticketFor(name);
    await linking.link.decline(token, linking.somebody());

    expect((await linking.link.confirm(token, linking.somebody())).verdict).toBe('used');
    expect(await linking.accountOf(name)).toBeUndefined();
  });

  it('declined by another after it was used takes nothing back', async () => {
    const name = await linking.member();
    const { token } = await linking.ticketFor(name);
    const holder = linking.somebody();
    await linking.link.confirm(token, holder);
    await linking.link.decline(token, linking.somebody());

    expect(await linking.accountOf(name)).toBe(holder.platformUserId);
  });

  it.each(['', 'x', 'x'.repeat(22), "'; drop table tickets; --"])(
    'that we never gave out is foreign: "%s"',
    async (token) => {
      expect(await linking.link.look(token, linking.somebody())).toEqual({ verdict: 'foreign' });
      expect(await linking.link.confirm(token, linking.somebody())).toEqual({ verdict: 'foreign' });
    },
  );

  it('of another platform is foreign', async () => {
    const { token } = await linking.ticketFor(await linking.member());

    expect(
      (await linking.link.confirm(token, { ...linking.somebody(), platform: 'cloudchat' })).verdict,
    ).toBe('foreign');
  });
});

/** The dark cells of a QR code that is drawn in squares of ten, as "x,y". */
function darkCellsOf(svg: string): string[] {
  return [...svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)]
    .map(([, x, y]) => `${Number(x) / 10},${Number(y) / 10}`)
    .toSorted();
}

function darkCellsOfLink(url: string): string[] {
  const { data } = encode(url, { border: 2 });
  return data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`${x},${y}`] : []))).toSorted();
}
