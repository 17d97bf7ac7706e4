import { verifyLedger } from '../../src/karma/verify-ledger';
import { startApplication, type TestApplication } from '../support/application';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';

describe('Karma events', () => {
  let app: TestApplication;
  let forum: KarmaSource;

  beforeAll(async () => {
    app = await startApplication({ ROLES: 'api' });
    forum = await startKarmaSource(app);
  });

  afterEach(async () => {
    expect((await verifyLedger(app.pool)).differing).toEqual([]);
  });

  afterAll(() => app.stop());

  const ledger = async (member: string) =>
    (
      await app.api<{ events: Record<string, unknown>[] }>(
        `/v1/members/${encodeURIComponent(member)}/karma`,
        {
          bearer: forum.key,
        },
      )
    ).body.events;

  it('are counted one by one, and answered with the balance', async () => {
    const event = {
      id: 'e1',
      member: 'rosa',
      delta: 10,
      reason: 'answer accepted',
      at: '2026-01-02T03:04:05+01:00',
    };

    const { status, body } = await forum.post(event);

    expect(status).toBe(200);
    expect(body).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      results: [{ index: 0, id: 'e1', status: 'accepted', karma: 10 }],
    });
    expect(await ledger('rosa')).toEqual([
      {
        id: 'e1',
        source: 'Forum',
        delta: 10,
        reason: 'answer accepted',
        at: '2026-01-02T02:04:05.000Z',
        recordedAt: expect.any(String),
        reverses: null,
      },
    ]);
  });

  it('bring a member into being who was not known before', async () => {
    const before = await app.api('/v1/members/newcomer', { bearer: forum.key });
    await forum.post({ id: 'e1', member: 'newcomer', delta: -2 });

    expect(before.status).toBe(404);
    expect(await forum.karma('newcomer')).toBe(-2);
  });

  it('are counted in batches, and each result stands in the place of its event', async () => {
    const { body } = await forum.post([
      { id: 'b1', member: 'tim', delta: 5 },
      { id: 'b2', member: 'uma', delta: 7 },
      { id: 'b3', member: 'tim', delta: 'many' },
      { id: 'b4', member: 'tim', delta: -1 },
    ]);

    expect(body).toMatchObject({ accepted: 3, duplicates: 0, rejected: 1 });
    expect(body.results).toMatchObject([
      { index: 0, id: 'b1', status: 'accepted', karma: 4 },
      { index: 1, id: 'b2', status: 'accepted', karma: 7 },
      { index: 2, id: 'b3', status: 'invalid', error: { code: 'invalid-event' } },
      { index: 3, id: 'b4', status: 'accepted', karma: 4 },
    ]);
  });

  it('are counted a thousand at a time', async () => {
    const events = Array.from({ length: 1000 }, (_, index) => ({
      id: `k${index}`,
      member: `crowd-${index % 250}`,
      delta: index,
    }));

    const { body } = await forum.post(events);

    expect(body.accepted).toBe(1000);
    expect(await forum.karma('crowd-7')).toBe(7 + 257 + 507 + 757);
    expect((await forum.post(events)).body).toMatchObject({ accepted: 0, duplicates: 1000, rejected: 0 });
  });

  it('have effect once, however often they are sent: in one request, in several, in another notation', async () => {
    const event = { id: 'once', member: 'vera', delta: 10, at: '2026-01-01T00:00:00Z' };

    expect(await forum.statuses([event, event, { ...event, at: '2026-01-01T01:00:00.000+01:00' }])).toEqual([
      'accepted',
      'duplicate',
      'duplicate',
    ]);
    const { status, body } = await forum.post(event);
    expect([status, body.results[0]]).toEqual([
      200,
      { index: 0, id: 'once', status: 'duplicate', karma: 10 },
    ]);
    expect(await forum.karma('vera')).toBe(10);
  });

  it.each([
    ['delta', { delta: 11 }],
    ['reason', { reason: 'another' }],
    ['missing reason', { reason: undefined }],
    ['time', { at: '2026-01-01T00:00:01Z' }],
    ['missing time', { at: undefined }],
  ])('of one id with another %s are a conflict, and nothing is changed', async (what, change) => {
    const member = `conflict over ${what}`;
    const event = { id: 'c', member, delta: 10, reason: 'one', at: '2026-01-01T00:00:00Z' };
    await forum.post(event);
    const before = await ledger(member);

    const { status, body } = await forum.post({ ...event, ...change });

    expect(status).toBe(422);
    expect(body).toMatchObject({
      type: 'urn:karmagate:nothing-accepted',
      results: [{ id: 'c', status: 'conflict', karma: 10, error: { code: 'event-id-taken' } }],
    });
    expect(await ledger(member)).toEqual(before);
  });

  it('conflict within a request too: the first of an id counts', async () => {
    expect(
      await forum.statuses([
        { id: 'd', member: 'wim', delta: 1 },
        { id: 'd', member: 'wim', delta: 2 },
        { id: 'd', member: 'wim', delta: 1 },
      ]),
    ).toEqual(['accepted', 'conflict', 'duplicate']);
    expect(await forum.karma('wim')).toBe(1);
  });

  it('of one id but of another member, or of another source, are other events', async () => {
    const shop = await startKarmaSource(app, 'Shop');
    const event = { id: 'same', member: 'xenia', delta: 1 };

    expect(await forum.statuses([event, { ...event, member: 'yves' }])).toEqual(['accepted', 'accepted']);
    expect(await shop.statuses(event)).toEqual(['accepted']);
    expect(await forum.karma('xenia')).toBe(2);
    expect((await ledger('xenia')).map(({ source }) => source).toSorted()).toEqual(['Forum', 'Shop']);
  });

  it('may come out of order: the time is told, the sum is the same', async () => {
    const at = ['2026-05-01T00:00:00Z', '2020-01-01T00:00:00Z', '2031-12-31T23:59:59Z'];
    for (const [index, time] of at.entries()) {
      await forum.post({ id: `t${index}`, member: 'zoe', delta: index + 1, at: time });
    }

    expect((await ledger('zoe')).map((event) => event['at'])).toEqual(
      at.toReversed().map((time) => new Date(time).toISOString()),
    );
    expect(await forum.karma('zoe')).toBe(6);
  });

  it('may be as large as a thousand million, up and down, and nought', async () => {
    const deltas = [1e9, 1e9, 1e9, 1e9, 1e9, -1e9, 0];

    await forum.post(deltas.map((delta, index) => ({ id: `l${index}`, member: 'large', delta })));
    await forum.post(Array.from({ length: 9 }, (_, id) => ({ id: `m${id}`, member: 'minus', delta: -1e9 })));

    expect(await forum.karma('large')).toBe(4e9);
    expect(await forum.karma('minus')).toBe(-9e9);
  });

  it('add up exactly beyond 2^45', async () => {
    await forum.post({ id: 'first', member: 'rich', delta: 123_456_789 });
    await app.pool.query(`
      insert into karma_events (member_id, source_id, event_id, delta)
      select id, 1, 'planted-' || n, 1000000000 from members, generate_series(1, 36000) n where external_id = 'rich'`);
    await app.pool.query(`
      update karma_balances set karma = karma + 36000000000000
      where member_id = (select id from members where external_id = 'rich')`);

    const { body } = await forum.post({ id: 'last', member: 'rich', delta: -789 });

    expect(body.results[0]?.karma).toBe(36_000_123_456_000);
    expect(await forum.karma('rich')).toBe(36_000_123_456_000);
  });

  it('and their members are known by ids of up to 200 characters in any script, told apart to the letter', async () => {
    const ids = [
      'x'.repeat(200),
      '語'.repeat(200),
      '😀'.repeat(100),
      'é',
      'e\u0301',
      'E',
      ' ',
      "'; --",
      'a\tb',
    ];

    const events = ids.map((id, index) => ({ id, member: id, delta: index + 1 }));

    expect(await forum.statuses(events)).toEqual(ids.map(() => 'accepted'));
    for (const [index, id] of ids.entries()) {
      expect((await ledger(id)).map((event) => [event['id'], event['delta']])).toEqual([[id, index + 1]]);
    }
  });
});
