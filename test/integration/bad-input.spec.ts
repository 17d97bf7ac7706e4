import { ADMIN_TOKEN, startApplication, type TestApplication } from '../support/application';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';
import { refuses, type RequestLine } from '../support/refuses';

/** What is wrong, a body as text, bytes or a value, and what the refusal is called. */
type BadBody = [what: string, body: unknown, status: number, type: string];
type Misfit = [what: string, request: RequestLine, body?: unknown];
type BadAddress = [what: string, request: RequestLine, status: number, type: string];

const NOTHING = 'nothing-accepted';
const MALFORMED = 'malformed-request';
const event = { id: 'e1', member: 'rosa', delta: 1 };
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));

const EVENTS: BadBody[] = [
  ['JSON that breaks off', '{"id":"e1",', 400, MALFORMED],
  ['JSON and a rest', `${JSON.stringify(event)}}`, 400, MALFORMED],
  ['single quotes', "{'id':'e1'}", 400, MALFORMED],
  ['a NaN', '{"id":"e1","member":"rosa","delta":NaN}', 400, MALFORMED],
  ['nothing', '', 400, MALFORMED],
  ['bytes', Buffer.from([0xff, 0xfe, 0x00]), 400, MALFORMED],
  ['Latin-1', Buffer.from(JSON.stringify({ ...event, member: 'josé' }), 'latin1'), 400, MALFORMED],
  ['a prototype', '{"__proto__":{"member":"x"},"id":"e1","delta":1}', 400, MALFORMED],
  ['half of a surrogate pair', '{"id":"\\ud800","member":"r","delta":1}', 422, NOTHING],
  ['a NUL', '{"id":"\\u0000","member":"r","delta":1}', 422, NOTHING],
  ['an endless number', '{"id":"e","member":"r","delta":1e999}', 422, NOTHING],
  ['a fraction', '{"id":"e","member":"r","delta":1.1}', 422, NOTHING],
  ['null', 'null', 422, NOTHING],
  ['true', 'true', 422, NOTHING],
  ['a number', '7', 422, NOTHING],
  ['text', '"karma"', 422, NOTHING],
  ['an empty object', {}, 422, NOTHING],
  ['an empty list', [], 422, 'no-events'],
  ['a list in a list', [[event]], 422, NOTHING],
  ['a list a hundred thousand deep', '['.repeat(1e5) + ']'.repeat(1e5), 422, NOTHING],
  ['an unknown field', { ...event, karma: 5 }, 422, NOTHING],
  ['an event in an envelope', { events: [event] }, 422, NOTHING],
  ['a delta too large', { ...event, delta: 1e9 + 1 }, 422, NOTHING],
  ['a time of no day', { ...event, at: '2026-02-30T00:00:00Z' }, 422, NOTHING],
  ['1001 events', many(1001, () => event), 422, 'too-many-events'],
  ['more than a MiB', `[${' '.repeat(1024 * 1024)}]`, 413, 'body-too-large'],
];

const NOT_FOR_SITES: RequestLine[] = [
  'GET /v1/sources',
  'POST /v1/sources',
  'POST /v1/sources/1/keys',
  'DELETE /v1/sources/1/keys/1',
  'GET /v1/groups',
  'POST /v1/groups',
  'GET /v1/groups/1',
  'PATCH /v1/groups/1',
  'POST /v1/groups/1/claim',
  'PUT /v1/groups/1/rule',
  'PUT /v1/groups/1/rule?dryRun=true',
  'GET /v1/groups/1/milestones',
  'PUT /v1/groups/1/milestones',
  'GET /v1/groups/1/members',
];

const NOT_FOR_ADMINISTRATORS: RequestLine[] = [
  'POST /v1/events',
  'PUT /v1/members/rosa',
  'POST /v1/members/rosa/tickets',
  'DELETE /v1/members/rosa/accounts/telegram',
];

const ADDRESSES: BadAddress[] = [
  ['another method', 'GET /v1/events', 404, 'not-found'],
  ['another method', 'DELETE /v1/sources', 404, 'not-found'],
  ['an address that is not there', 'GET /v1/nothing', 404, 'not-found'],
  ['an address that is not there', 'POST /', 404, 'not-found'],
  ['an id that is no number', 'GET /v1/groups/lounge', 422, 'invalid-request'],
  ['an id of nought', 'GET /v1/groups/0', 422, 'invalid-request'],
  ['a fraction', 'GET /v1/groups/1.5', 422, 'invalid-request'],
  ['an id beyond all ids', 'GET /v1/groups/9223372036854775808', 422, 'invalid-request'],
  ['an id that is no number', 'POST /v1/sources/x/keys', 422, 'invalid-request'],
  ['an id that is no number', 'DELETE /v1/sources/1/keys/x', 422, 'invalid-request'],
  ['a source that is not there', 'POST /v1/sources/987654/keys', 404, 'unknown-source'],
  ['a key that is not there', 'DELETE /v1/sources/1/keys/987654', 404, 'unknown-key'],
  ['a NUL in an id', 'GET /v1/members/a%00b', 422, 'invalid-request'],
  ['a member nobody knows', 'GET /v1/members/nobody', 404, 'unknown-member'],
  ['a member nobody knows', 'GET /v1/members/nobody/karma', 404, 'unknown-member'],
  ['a page of nothing', 'GET /v1/members/rosa/karma?limit=0', 422, 'invalid-request'],
  ['a page of too much', 'GET /v1/members/rosa/karma?limit=201', 422, 'invalid-request'],
  ['a page of words', 'GET /v1/members/rosa/karma?limit=all', 422, 'invalid-request'],
  ['an unknown parameter', 'GET /v1/members/rosa/karma?page=2', 422, 'invalid-request'],
  ['the cursor of another list', 'GET /v1/members/rosa/karma?cursor=WzFd', 422, 'invalid-cursor'],
  ['a standing that is none', 'GET /v1/groups/1/members?standing=gone', 422, 'invalid-request'],
  ['a cursor that is none', 'GET /v1/groups/1/members?cursor=WzEuNV0', 422, 'invalid-cursor'],
];

const OF_SITES: Misfit[] = [
  ['nothing', 'PUT /v1/members/rosa'],
  ['a list', 'PUT /v1/members/rosa', []],
  ['an unknown field', 'PUT /v1/members/rosa', { karma: 1e6 }],
  ['a name of nothing', 'PUT /v1/members/rosa', { displayName: '  ' }],
  ['a name of 101 characters', 'PUT /v1/members/rosa', { displayName: 'x'.repeat(101) }],
  ['a NUL', 'PUT /v1/members/rosa', { displayName: 'a\0b' }],
  ['a language nobody speaks', 'PUT /v1/members/rosa', { locale: 'tlh' }],
  ['an audience that is no slug', 'PUT /v1/members/rosa', { audiences: ['A B'] }],
  ['21 audiences', 'PUT /v1/members/rosa', { audiences: many(21, (n) => `a${n}`) }],
  ['another platform', 'POST /v1/members/rosa/tickets', { platform: 'icq' }],
  ['an unknown field', 'POST /v1/members/rosa/tickets', { hours: 9 }],
];

const OF_ADMINISTRATORS: Misfit[] = [
  ['no name', 'POST /v1/sources', {}],
  ['a name of nothing', 'POST /v1/sources', { name: ' ' }],
  ['a name of 101 characters', 'POST /v1/sources', { name: 'x'.repeat(101) }],
  ['a NUL', 'POST /v1/sources', { name: 'a\0b' }],
  ['half of a surrogate pair', 'POST /v1/sources', { name: '\ud800' }],
  ['no title', 'POST /v1/groups', {}],
  ['a title of 129 characters', 'POST /v1/groups', { title: 'x'.repeat(129) }],
  ['a NUL', 'POST /v1/groups', { title: 'a\0b' }],
  ['another platform', 'POST /v1/groups', { title: 'x', platform: 'icq' }],
  ['a rule in it that is none', 'POST /v1/groups', { title: 'x', rule: {} }],
  ['a title of nothing', 'PATCH /v1/groups/1', { title: '' }],
  ['an unknown field', 'PATCH /v1/groups/1', { status: 'active' }],
  ['no threshold', 'PUT /v1/groups/1/rule', {}],
  ['a threshold of text', 'PUT /v1/groups/1/rule', { admitAt: '5' }],
  ['a fraction', 'PUT /v1/groups/1/rule', { admitAt: 0.5 }],
  ['a threshold beyond all karma', 'PUT /v1/groups/1/rule', { admitAt: 1e13 }],
  ['keepAt above admitAt', 'PUT /v1/groups/1/rule', { admitAt: 5, keepAt: 6 }],
  ['grace of less than nothing', 'PUT /v1/groups/1/rule', { admitAt: 5, graceHours: -1 }],
  ['grace of more than a year', 'PUT /v1/groups/1/rule', { admitAt: 5, graceHours: 8761 }],
  ['another admission', 'PUT /v1/groups/1/rule', { admitAt: 5, admission: 'open' }],
  ['an audience that is no slug', 'PUT /v1/groups/1/rule', { admitAt: 5, audiences: [''] }],
  ['a NUL in the reason', 'PUT /v1/groups/1/rule', { admitAt: 5, reason: '\0' }],
  ['neither dry nor wet', 'PUT /v1/groups/1/rule?dryRun=maybe', { admitAt: 5 }],
  ['an unknown parameter', 'PUT /v1/groups/1/rule?force=true', { admitAt: 5 }],
  ['no list', 'PUT /v1/groups/1/milestones', {}],
  ['a karma twice', 'PUT /v1/groups/1/milestones', { milestones: [{ karma: 1 }, { karma: 1 }] }],
  ['a milestone without karma', 'PUT /v1/groups/1/milestones', { milestones: [{ text: 'x' }] }],
  ['an empty text', 'PUT /v1/groups/1/milestones', { milestones: [{ karma: 1, text: '' }] }],
  ['101 milestones', 'PUT /v1/groups/1/milestones', { milestones: many(101, (karma) => ({ karma })) }],
];

let app: TestApplication;
let forum: KarmaSource;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
  await forum.post({ id: 'before', member: 'rosa', delta: 10 });
  await app.admin('/v1/groups', { body: { title: 'Lounge', rule: { admitAt: 500 } } });
});

afterAll(() => app.stop());

describe('Refused, with nothing changed: events that are', () => {
  it.each(EVENTS)('%s', async (_, body, status, type) => {
    const headers = { 'content-type': 'application/json' };

    expect(await refuses(app, 'POST /v1/events', { bearer: forum.key, headers, body })).toEqual({
      status,
      type,
    });
  });
});

describe('Refused, with nothing changed: requests to', () => {
  it.each(ADDRESSES)('%s: %s', async (_, request, status, type) => {
    expect(await refuses(app, request, { bearer: ADMIN_TOKEN })).toEqual({ status, type });
  });
});

const misfit = { status: 422, type: 'invalid-request' };

describe('Refused, with nothing changed: what sites send with', () => {
  it.each(OF_SITES.map(([what, request, body]) => [what, request, body] as const))(
    '%s: %s',
    async (_, request, body) => {
      expect(await refuses(app, request, { bearer: forum.key, body })).toEqual(misfit);
    },
  );

  it.each<BadAddress>([
    ['a member nobody knows', 'POST /v1/members/nobody/tickets', 404, 'unknown-member'],
    ['a member nobody knows', 'DELETE /v1/members/nobody/accounts/telegram', 404, 'unknown-member'],
    ['a member without an account', 'DELETE /v1/members/rosa/accounts/telegram', 404, 'not-linked'],
    ['another platform', 'DELETE /v1/members/rosa/accounts/icq', 422, 'invalid-request'],
  ])('%s: %s', async (_, request, status, type) => {
    const body = request.startsWith('POST') ? {} : undefined;

    expect(await refuses(app, request, { bearer: forum.key, body })).toEqual({ status, type });
  });
});

describe('Refused, with nothing changed: what administrators send with', () => {
  it.each(OF_ADMINISTRATORS)('%s: %s', async (_, request, body) => {
    expect(await refuses(app, request, { bearer: ADMIN_TOKEN, body })).toEqual(misfit);
  });

  it('a name that is taken', async () => {
    expect(await refuses(app, 'POST /v1/sources', { bearer: ADMIN_TOKEN, body: { name: 'Forum' } })).toEqual({
      status: 409,
      type: 'source-exists',
    });
  });
});

describe('Refused, with nothing changed, to whoever has no right to it', () => {
  const unauthorized = { status: 401, type: 'unauthorized' };
  // A body that is right in itself: the caller is all that is wrong.
  const call = (request: RequestLine) => (/^(POST|PUT|PATCH)/.test(request) ? { body: event } : {});

  it.each(NOT_FOR_SITES)('%s', async (request) => {
    for (const bearer of [undefined, 'nobody', forum.key, ADMIN_TOKEN.slice(0, -1), `${ADMIN_TOKEN}s`]) {
      expect(await refuses(app, request, { ...call(request), ...(bearer ? { bearer } : {}) })).toEqual(
        unauthorized,
      );
    }
  });

  it.each(NOT_FOR_ADMINISTRATORS)('%s', async (request) => {
    for (const bearer of [undefined, 'kgk_nobody', ADMIN_TOKEN, forum.key.slice(0, -1)]) {
      expect(await refuses(app, request, { ...call(request), ...(bearer ? { bearer } : {}) })).toEqual(
        unauthorized,
      );
    }
  });

  it.each(['Basic eDp5', 'Bearer', 'Bearer  ', `Token ${ADMIN_TOKEN}`, ADMIN_TOKEN, ''])(
    'with an authorization of "%s"',
    async (authorization) => {
      expect(await refuses(app, 'GET /v1/members/rosa', { headers: { authorization } })).toEqual(
        unauthorized,
      );
    },
  );
});

describe('A flood of requests', () => {
  it('is stopped at the limit with a time to come back, and karma flows on', async () => {
    const { url } = await app.replica({ REQUESTS_PER_MINUTE: '5' });
    const ask = () => fetch(`${url}/v1/sources`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    const answers = [];
    for (let asked = 0; asked < 7; asked += 1) answers.push(await ask());

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = answers.at(-1)!;
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({ type: 'urn:karmagate:too-many-requests', status: 429 });
    for (let posted = 0; posted < 10; posted += 1) {
      expect((await forum.post({ id: `flood ${posted}`, member: 'rosa', delta: 1 }, url)).status).toBe(200);
    }
  });
});
