import { createHash } from 'node:crypto';
import { encode } from 'uqr';
import { type Holder, LinkAccount } from '../../src/people/link-account';
import { startApplication, type TestApplication } from '../support/application';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';

interface Ticket {
  url: string;
  expiresAt: string;
  qr: string;
}

let app: TestApplication;
let forum: KarmaSource;
let link: LinkAccount;
let serial = 0;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
  link = app.application.get(LinkAccount);
});

afterAll(() => app.stop());

/** Somebody new on Telegram. */
const somebody = (): Holder => ({
  platform: 'telegram',
  platformUserId: String(++serial),
  displayName: `Person ${serial}`,
});

async function member(): Promise<string> {
  const name = `member-${++serial}`;
  await app.api(`/v1/members/${name}`, {
    method: 'PUT',
    bearer: forum.key,
    body: { displayName: 'Rosa R.' },
  });
  return name;
}

async function ticketFor(name: string): Promise<Ticket & { token: string }> {
  const { status, body } = await app.api<Ticket>(`/v1/members/${name}/tickets`, {
    bearer: forum.key,
    body: { platform: 'telegram' },
  });
  expect(status).toBe(201);
  return { ...body, token: new URL(body.url).searchParams.get('start')! };
}

async function accountOf(name: string): Promise<string | undefined> {
  const { rows } = await app.pool.query<{ platform_user_id: string }>(
    `select platform_user_id from accounts join members on members.id = member_id where external_id = $1`,
    [name],
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0]?.platform_user_id;
}

const dueVersion = async (name: string) => {
  const { rows } = await app.pool.query<{ version: number }>(
    `select version from due_members join members on id = member_id where external_id = $1`,
    [name],
  );
  return rows[0]?.version ?? 0;
};

describe('A ticket', () => {
  it('is a link to the bot with 128 random bits, for an hour', async () => {
    const name = await member();
    const [ticket, other] = [await ticketFor(name), await ticketFor(name)];

    expect(ticket.url).toBe(`https://t.me/${app.sandbox.botUsername}?start=${ticket.token}`);
    expect(ticket.token).toMatch(/^[\w-]{22}$/);
    expect(other.token).not.toBe(ticket.token);
    expect(Date.parse(ticket.expiresAt) - app.clock.now().getTime()).toBeGreaterThan(59 * 60_000);
    expect(Date.parse(ticket.expiresAt) - app.clock.now().getTime()).toBeLessThanOrEqual(60 * 60_000);
  });

  it('is a picture too, that a camera reads as the link', async () => {
    const { url, qr } = await ticketFor(await member());

    expect(qr).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]*>.*<\/svg>$/s);
    expect(qr).not.toMatch(/<(script|image|a)\b|href/);
    expect(darkCellsOf(qr)).toEqual(darkCellsOfLink(url));
  });

  it('is stored as a hash', async () => {
    const { token } = await ticketFor(await member());

    const { rows } = await app.pool.query(`select tickets::text as stored from tickets`);
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(Buffer.from(token).toString('hex'));
    expect(stored).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    expect(stored).toContain(createHash('sha256').update(token).digest('hex'));
  });

  it('says whose it is to whoever looks, and is not used up by looking', async () => {
    const { token } = await ticketFor(await member());
    const view = { verdict: 'valid', memberName: 'Rosa R.', site: 'Forum' };

    expect(await link.look(token, somebody())).toEqual(view);
    expect(await link.look(token, somebody())).toEqual(view);
  });

  it('links the account of whoever confirms it, and has the member looked at', async () => {
    const name = await member();
    const { token } = await ticketFor(name);
    const holder = somebody();
    const before = await dueVersion(name);

    expect(await link.confirm(token, holder)).toMatchObject({ verdict: 'valid' });

    expect(await accountOf(name)).toBe(holder.platformUserId);
    expect(await dueVersion(name)).toBeGreaterThan(before);
    const { body } = await app.api<{ accounts: unknown[] }>(`/v1/members/${name}`, { bearer: forum.key });
    expect(body.accounts).toEqual([
      { platform: 'telegram', displayName: holder.displayName, username: null },
    ]);
  });

  it('takes the language of the holder, unless the member has chosen one', async () => {
    const [silent, decided] = [await member(), await member()];
    await app.api(`/v1/members/${decided}`, { method: 'PUT', bearer: forum.key, body: { locale: 'en' } });
    for (const name of [silent, decided]) {
      await link.confirm((await ticketFor(name)).token, { ...somebody(), locale: 'ru' });
    }

    const localeOf = async (name: string) =>
      (await app.api<{ locale: string }>(`/v1/members/${name}`, { bearer: forum.key })).body.locale;
    expect([await localeOf(silent), await localeOf(decided)]).toEqual(['ru', 'en']);
  });

  it('works once: afterwards it is used for others, and done for its holder', async () => {
    const name = await member();
    const { token } = await ticketFor(name);
    const holder = somebody();
    await link.confirm(token, holder);

    expect((await link.confirm(token, somebody())).verdict).toBe('used');
    expect((await link.confirm(token, holder)).verdict).toBe('already_linked');
    expect((await link.look(token, somebody())).verdict).toBe('used');
    expect(await accountOf(name)).toBe(holder.platformUserId);
  });

  it('works once, however many confirm it at the same moment', async () => {
    const name = await member();
    const { token } = await ticketFor(name);
    const crowd = Array.from({ length: 12 }, somebody);

    const verdicts = (await Promise.all(crowd.map((holder) => link.confirm(token, holder)))).map(
      ({ verdict }) => verdict,
    );

    expect(verdicts.toSorted()).toEqual([...Array.from({ length: 11 }, () => 'used'), 'valid']);
    expect(await accountOf(name)).toBe(crowd[verdicts.indexOf('valid')]!.platformUserId);
  });

  it('pressed twice by an impatient holder links once and says so twice', async () => {
    const { token } = await ticketFor(await member());
    const holder = somebody();

    const verdicts = await Promise.all([link.confirm(token, holder), link.confirm(token, holder)]);

    expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual(['already_linked', 'valid']);
  });

  it('is too old after an hour', async () => {
    const name = await member();
    const { token } = await ticketFor(name);
    app.clock.forward({ minutes: 59 });
    expect((await link.look(token, somebody())).verdict).toBe('valid');
    app.clock.forward({ minutes: 1 });

    expect((await link.look(token, somebody())).verdict).toBe('expired');
    expect((await link.confirm(token, somebody())).verdict).toBe('expired');
    expect(await accountOf(name)).toBeUndefined();
  });

  it('that was declined works for nobody any more', async () => {
    const name = await member();
    const { token } = await ticketFor(name);
    await link.decline(token, somebody());

    expect((await link.confirm(token, somebody())).verdict).toBe('used');
    expect(await accountOf(name)).toBeUndefined();
  });

  it('declined by another after it was used takes nothing back', async () => {
    const name = await member();
    const { token } = await ticketFor(name);
    const holder = somebody();
    await link.confirm(token, holder);
    await link.decline(token, somebody());

    expect(await accountOf(name)).toBe(holder.platformUserId);
  });

  it.each(['', 'x', 'x'.repeat(22), "'; drop table tickets; --"])(
    'that we never gave out is foreign: "%s"',
    async (token) => {
      expect(await link.look(token, somebody())).toEqual({ verdict: 'foreign' });
      expect(await link.confirm(token, somebody())).toEqual({ verdict: 'foreign' });
    },
  );

  it('of another platform is foreign', async () => {
    const { token } = await ticketFor(await member());

    expect((await link.confirm(token, { ...somebody(), platform: 'cloudchat' })).verdict).toBe('foreign');
  });
});

describe('One account and one member', () => {
  it('belong together: an account that is linked cannot be linked to another member', async () => {
    const [one, other] = [await member(), await member()];
    const holder = somebody();
    await link.confirm((await ticketFor(one)).token, holder);

    expect((await link.confirm((await ticketFor(other)).token, holder)).verdict).toBe('account_taken');
    expect(await accountOf(other)).toBeUndefined();
  });

  it('belong together: a member who has an account gets no second one', async () => {
    const name = await member();
    const [first, second] = [await ticketFor(name), await ticketFor(name)];
    const holder = somebody();
    await link.confirm(first.token, holder);

    expect((await link.confirm(second.token, somebody())).verdict).toBe('member_has_other_account');
    expect(await accountOf(name)).toBe(holder.platformUserId);
  });

  it('belong together, also when two tickets of one member are confirmed by two people at once', async () => {
    const name = await member();
    const tickets = [await ticketFor(name), await ticketFor(name), await ticketFor(name)];

    const verdicts = await Promise.all(tickets.map(({ token }) => link.confirm(token, somebody())));

    expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual([
      'member_has_other_account',
      'member_has_other_account',
      'valid',
    ]);
  });

  it('belong together, also when one person confirms the tickets of two members at once', async () => {
    const names = [await member(), await member(), await member()];
    const tickets = await Promise.all(names.map(ticketFor));
    const holder = somebody();

    const verdicts = await Promise.all(tickets.map(({ token }) => link.confirm(token, holder)));

    expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual([
      'account_taken',
      'account_taken',
      'valid',
    ]);
  });
});

describe('Unlinking by the site', () => {
  const unlink = (name: string, platform = 'telegram') =>
    app.api<{ type: string }>(`/v1/members/${name}/accounts/${platform}`, {
      method: 'DELETE',
      bearer: forum.key,
    });

  it('takes the account away, has the member looked at, and frees the account for another', async () => {
    const [name, other] = [await member(), await member()];
    const holder = somebody();
    await link.confirm((await ticketFor(name)).token, holder);
    const before = await dueVersion(name);

    expect((await unlink(name)).status).toBe(204);

    expect(await accountOf(name)).toBeUndefined();
    expect(await dueVersion(name)).toBeGreaterThan(before);
    expect((await link.confirm((await ticketFor(other)).token, holder)).verdict).toBe('valid');
  });

  it('does not bring the ticket back that linked it', async () => {
    const name = await member();
    const { token } = await ticketFor(name);
    const holder = somebody();
    await link.confirm(token, holder);
    await unlink(name);

    expect((await link.confirm(token, holder)).verdict).toBe('used');
  });

  it('of what is not linked, not known or not a platform is refused', async () => {
    const answers = [await unlink(await member()), await unlink('nobody'), await unlink('nobody', 'icq')];

    expect(answers.map(({ status, body }) => [status, body.type])).toEqual([
      [404, 'urn:karmagate:not-linked'],
      [404, 'urn:karmagate:unknown-member'],
      [422, 'urn:karmagate:invalid-request'],
    ]);
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
