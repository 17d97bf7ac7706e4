import type { KarmaEvent } from '../../src/karma/event.schema';
import { RecordKarma } from '../../src/karma/record-karma';
import { verifyLedger } from '../../src/karma/verify-ledger';
import { startApplication, type TestApplication } from '../support/application';
import { occupy, whileKarmaIsHeld } from '../support/held-karma';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';

/** A time that fits the notation and for which Postgres has no room. */
const poison: KarmaEvent = { id: 'poison', member: 'mallory', delta: 1, at: '0000-01-01T00:00:00Z' };

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

const isKnown = async (member: string) =>
  (await app.api(`/v1/members/${member}`, { bearer: forum.key })).status === 200;

describe('An event that fits its schema and cannot be stored', () => {
  it('is refused alone, and says so', async () => {
    const { status, body } = await forum.post(poison);

    expect(status).toBe(422);
    expect(body.results).toEqual([
      {
        index: 0,
        id: 'poison',
        status: 'invalid',
        error: { code: 'unstorable', detail: expect.stringContaining('check its time') },
      },
    ]);
    expect(await isKnown('mallory')).toBe(false);
  });

  it.each([
    ['a year before all years', '0000-12-31T23:59:59Z'],
    ['an offset of a day', '2026-01-01T00:00:00+23:59'],
  ])('because of %s does not keep its neighbours from being counted', async (what, at) => {
    const neighbours = Array.from({ length: 99 }, (_, index) => ({
      id: `${what} ${index}`,
      member: 'neighbour',
      delta: 1,
    }));
    const before = (await verifyLedger(app.pool)).events;

    const statuses = await forum.statuses([
      ...neighbours.slice(0, 50),
      { ...poison, id: what, at },
      ...neighbours.slice(50),
    ]);

    expect(statuses).toEqual([
      ...Array.from({ length: 50 }, () => 'accepted'),
      'unstorable',
      ...Array.from({ length: 49 }, () => 'accepted'),
    ]);
    expect((await verifyLedger(app.pool)).events).toBe(before + 99);
  });

  it('fails alone when it shares a statement with the requests of others', async () => {
    const record = app.application.get(RecordKarma);
    const one = (id: string) => record.record(forum.id, [{ id, member: 'bystander', delta: 1 }]);
    await whileKarmaIsHeld(app, async (karma) => {
      const running = await occupy(app, karma, forum.id);
      const before = [one('before'), one('twice')];
      const poisoned = record.record(forum.id, [poison]);
      const after = [one('twice'), one('after')];
      await karma.release();
      await Promise.all(running);

      expect(await poisoned).toEqual([
        { status: 'invalid', error: expect.objectContaining({ code: 'unstorable' }) },
      ]);
      const others = await Promise.all([...before, ...after]);
      expect(others.map(([result]) => result?.status)).toEqual([
        'accepted',
        'accepted',
        'duplicate',
        'accepted',
      ]);
    });
    expect(await forum.karma('bystander')).toBe(3);
    expect(await isKnown('mallory')).toBe(false);
  });
});

describe('More events than can be written', () => {
  it('are refused at once with a time to come back, and nothing that was taken is lost', async () => {
    const record = app.application.get(RecordKarma);
    await whileKarmaIsHeld(app, async (karma) => {
      const running = await occupy(app, karma, forum.id);
      const batches = Array.from({ length: 51 }, (_, batch) =>
        record.record(
          forum.id,
          Array.from({ length: 1000 }, (_, n) => ({ id: `flood-${batch}-${n}`, member: 'flood', delta: 1 })),
        ),
      );
      const refused = await forum.post({ id: 'one more', member: 'flood', delta: 1 });
      await karma.release();
      await Promise.all(running);

      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('2');
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(refused.body).toMatchObject({ type: 'urn:karmagate:overloaded', status: 429 });
      for (const results of await Promise.all(batches)) {
        expect(results.every(({ status }) => status === 'accepted')).toBe(true);
      }
    });
    expect(await forum.statuses({ id: 'one more', member: 'flood', delta: 1 })).toEqual(['accepted']);
    expect(await forum.karma('flood')).toBe(51_001);
  });
});
