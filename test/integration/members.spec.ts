import { startApplication, type TestApplication } from '../support/application';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';

interface Member {
  externalId: string;
  displayName: string;
  karma: number;
  audiences: string[];
  locale: string | null;
  accounts: unknown[];
  groups: Record<string, unknown>[];
}

interface Ledger {
  karma: number;
  events: { id: string; delta: number; recordedAt: string }[];
  next: string | null;
}

let app: TestApplication;
let forum: KarmaSource;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
});

afterAll(() => app.stop());

const put = (member: string, body: object) =>
  app.api(`/v1/members/${encodeURIComponent(member)}`, { method: 'PUT', bearer: forum.key, body });
const get = (member: string) =>
  app.api<Member>(`/v1/members/${encodeURIComponent(member)}`, { bearer: forum.key });
const isDue = async (member: string) => {
  const { rows } = await app.pool.query(
    `delete from due_members where member_id = (select id from members where external_id = $1) returning member_id`,
    [member],
  );
  return rows.length === 1;
};

describe('A member', () => {
  it('is made by a PUT, with as little as nothing about them', async () => {
    expect((await put('rosa', {})).status).toBe(204);

    expect(await get('rosa')).toMatchObject({
      status: 200,
      body: {
        externalId: 'rosa',
        displayName: 'rosa',
        karma: 0,
        audiences: [],
        locale: null,
        accounts: [],
        groups: [],
      },
    });
  });

  it('keeps what a later PUT does not speak of', async () => {
    await put('tim', { displayName: 'Tim T.', audiences: ['webmasters', 'staff', 'staff'], locale: 'ru' });
    await put('tim', { displayName: 'Tim' });

    expect((await get('tim')).body).toMatchObject({
      displayName: 'Tim',
      audiences: ['staff', 'webmasters'],
      locale: 'ru',
    });
    await put('tim', { audiences: [] });
    expect((await get('tim')).body).toMatchObject({ displayName: 'Tim', audiences: [], locale: 'ru' });
  });

  it('is looked at again after every PUT, since audiences open doors', async () => {
    await put('uma', {});
    expect(await isDue('uma')).toBe(true);
    await put('uma', { audiences: ['webmasters'] });
    expect(await isDue('uma')).toBe(true);
  });

  it('is one, whatever is in their id', async () => {
    const ids = ['a/b', 'a%2Fb', 'ä', 'a\u0308', ' ', '...', '?x=1#y', '语'.repeat(200)];
    for (const id of ids) await put(id, { displayName: `<${id}>`.slice(0, 100) });

    for (const id of ids) expect((await get(id)).body.externalId).toBe(id);
  });

  it('is put many times at once and made once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => put('once', { locale: 'en' })));

    expect(answers.every(({ status }) => status === 204)).toBe(true);
    const { rows } = await app.pool.query(`select from members where external_id = 'once'`);
    expect(rows).toHaveLength(1);
  });

  it('may be asked for by an administrator too, and by nobody else', async () => {
    await put('vera', {});

    expect((await app.admin('/v1/members/vera')).status).toBe(200);
    expect((await app.admin('/v1/members/vera/karma')).status).toBe(200);
    expect((await app.api('/v1/members/vera')).status).toBe(401);
    expect((await app.api('/v1/members/vera', { bearer: 'kgk_nobody' })).status).toBe(401);
  });

  it('is told group by group what is missing', async () => {
    await put('wim', { audiences: ['customers'] });
    await forum.post({ id: 'w', member: 'wim', delta: 120 });
    const made = await app.admin<{ group: { id: number } }>('/v1/groups', {
      body: { title: 'Lounge', rule: { audiences: ['staff'], admitAt: 500 } },
    });
    await app.pool.query(`update groups set status = 'active' where id = $1`, [made.body.group.id]);

    expect((await get('wim')).body.groups).toEqual([
      {
        id: made.body.group.id,
        title: 'Lounge',
        standing: 'none',
        presence: 'unknown',
        entitled: false,
        reasons: [
          { code: 'not_linked' },
          { code: 'audience_missing', audiences: ['staff'] },
          { code: 'karma_short', karma: 120, needed: 500, missing: 380 },
        ],
        missing: 380,
        graceUntil: null,
      },
    ]);
  });
});

describe('The ledger of a member', () => {
  const read = (member: string, query = '') =>
    app.api<Ledger>(`/v1/members/${member}/karma${query}`, { bearer: forum.key });

  async function readAll(member: string, limit: number): Promise<Ledger['events'][]> {
    const pages: Ledger['events'][] = [];
    for (let query = `?limit=${limit}`; query;) {
      const { status, body } = await read(member, query);
      expect(status).toBe(200);
      pages.push(body.events);
      query = body.next === null ? '' : `?limit=${limit}&cursor=${body.next}`;
    }
    return pages;
  }

  it('is empty for somebody who was only put', async () => {
    await put('xenia', {});

    expect((await read('xenia')).body).toEqual({ karma: 0, events: [], next: null });
  });

  it('is paged newest first, across events of the very same moment, without a gap or a repetition', async () => {
    const batch = (name: string, size: number) =>
      forum.post(Array.from({ length: size }, (_, n) => ({ id: `${name}${n}`, member: 'yves', delta: 1 })));
    await batch('first', 12);
    await batch('second', 11);
    const shop = await startKarmaSource(app, 'Shop');
    await shop.post(Array.from({ length: 7 }, (_, n) => ({ id: `first${n}`, member: 'yves', delta: 1 })));

    for (const limit of [1, 4, 10, 30, 200]) {
      const pages = await readAll('yves', limit);
      expect(pages.map((page) => page.length)).toEqual([
        ...Array.from({ length: Math.floor(30 / limit) }, () => limit),
        ...(30 % limit === 0 ? [] : [30 % limit]),
      ]);
      const events = pages.flat();
      const names = events.map((event) => `${event.recordedAt} ${event.id}`);
      expect(new Set(names).size).toBe(30);
      expect(events.map(({ recordedAt }) => recordedAt)).toEqual(
        events
          .map(({ recordedAt }) => recordedAt)
          .toSorted()
          .toReversed(),
      );
    }
  });

  it('is not disturbed by events that come while it is read', async () => {
    await forum.post(Array.from({ length: 6 }, (_, n) => ({ id: `old${n}`, member: 'zoe', delta: 1 })));
    const first = await read('zoe', '?limit=4');
    await forum.post({ id: 'new', member: 'zoe', delta: 1 });

    const rest = await read('zoe', `?limit=4&cursor=${first.body.next}`);

    expect([...first.body.events, ...rest.body.events].map(({ id }) => id).toSorted()).toEqual([
      'old0',
      'old1',
      'old2',
      'old3',
      'old4',
      'old5',
    ]);
    expect(rest.body.next).toBeNull();
  });

  it('ends at a cursor that lies before all events, and begins at one after them', async () => {
    const at = (microseconds: number) =>
      read('yves', `?cursor=${Buffer.from(JSON.stringify([microseconds, 1, 'e'])).toString('base64url')}`);

    expect((await at(0)).body.events).toEqual([]);
    expect((await at(9e15)).body.events).toHaveLength(30);
  });

  it.each<[string, unknown]>([
    ['no list', 'x'],
    ['too little', [1e15, 1]],
    ['a time that is none', ['yesterday or so', 1, 'e']],
    ['a month that is none', ['2026-13-45 00:00:00+00', 1, 'e']],
    ['a time that is no whole number', [1.5, 1, 'e']],
    ['a time before all times', [-9e15, 1, 'e']],
    ['a time beyond all numbers', [1e300, 1, 'e']],
    ['a source that is no whole number', [1e15, 1.5, 'e']],
    ['a source beyond all numbers', [1e15, 1e300, 'e']],
    ['a NUL', [1e15, 1, 'e\0']],
    ['half of a surrogate pair', [1e15, 1, '\ud800']],
  ])('is not read from a cursor made up with %s', async (_, key) => {
    await put('xenia', {});
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');

    const { status, body } = await read('xenia', `?cursor=${cursor}`);

    expect([status, (body as unknown as { type: string }).type]).toEqual([
      422,
      'urn:karmagate:invalid-cursor',
    ]);
  });
});
