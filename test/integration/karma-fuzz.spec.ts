import * as fc from 'fast-check';
import { verifyLedger } from '../../src/karma/verify-ledger';
import { startApplication, type TestApplication } from '../support/application';
import { type EventsAnswer, type KarmaSource, startKarmaSource } from '../support/karma-source';
import { LedgerModel, type SentEvent } from '../support/ledger-model';

let app: TestApplication;
let forum: KarmaSource;

beforeEach(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
});

afterEach(() => app.stop());

async function balancesStored(): Promise<Map<string, number>> {
  const { rows } = await app.pool.query<{ member: string; karma: number }>(
    `select external_id as member, karma from karma_balances join members on id = member_id order by 1`,
  );
  return new Map(rows.map(({ member, karma }) => [member, karma]));
}

const sorted = (balances: Map<string, number>) => [...balances].toSorted(([a], [b]) => (a < b ? -1 : 1));

// Few names, so that events meet: the same id again, in other words, reversed, reversed again.
const id = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'ж', '😀') },
  { weight: 2, arbitrary: fc.nat(200).map(String) },
);
const member = fc.constantFrom('rosa', 'tim', 'uma', 'ñandú', '\u202e');
const delta = fc.oneof(fc.constantFrom(0, 1, -1, 10, -10, 1e9, -1e9), fc.integer({ min: -1e9, max: 1e9 }));
const at = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '0000-01-01T00:00:00Z');

const goodEvent = fc.oneof(
  { weight: 4, arbitrary: fc.record({ id, member, delta }) },
  { weight: 2, arbitrary: fc.record({ id, member, reverses: id }) },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        id,
        member,
        delta,
        reverses: id,
        at,
        reason: fc.constantFrom('x', 'y'),
        audiences: fc.subarray(['a', 'b', 'c']),
      },
      { requiredKeys: ['id', 'member', 'delta'] },
    ),
  },
);

/** A good event to which one thing was done. */
const mutated = fc
  .tuple(
    goodEvent,
    fc.constantFrom('id', 'member', 'delta', 'reverses', 'at', 'reason', 'audiences', 'karma', '__proto__x'),
    fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, '\0', '\ud800', 1e9 + 1, 0.5, 'x'.repeat(201), '')),
  )
  .map(([event, key, value]) => ({ ...event, [key]: value }));

const anyEvent = fc.oneof({ weight: 5, arbitrary: goodEvent }, { weight: 1, arbitrary: mutated });
const request = fc.oneof(anyEvent, fc.array(anyEvent, { minLength: 1, maxLength: 12 }));

describe('Whatever is posted as karma', () => {
  it('is answered, whatever JSON or text it is, and counts for nothing unless it is an event', async () => {
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.jsonValue(), { maxLength: 5 }).map((list) => JSON.stringify(list)),
      fc.uint8Array(),
    );
    await fc.assert(
      fc.asyncProperty(body, async (body) => {
        const { status, body: answer } = await app.api<{ type: string }>('/v1/events', {
          bearer: forum.key,
          headers: { 'content-type': 'application/json' },
          body,
          method: 'POST',
        });
        expect([400, 422]).toContain(status);
        expect(answer.type).toMatch(/^urn:karmagate:(malformed-request|nothing-accepted|no-events)$/);
      }),
      { numRuns: 150 },
    );
    expect(await verifyLedger(app.pool)).toMatchObject({ members: 0, events: 0, differing: [] });
  });

  it('leaves a ledger that adds up, and the balances of one who takes the accepted events one by one', async () => {
    const model = new LedgerModel();
    await fc.assert(
      fc.asyncProperty(request, async (body) => {
        const { status, body: answer } = await forum.post(body);
        expect([200, 422]).toContain(status);
        follow(model, Array.isArray(body) ? body : [body], answer);
      }),
      // Requests build on what was stored before, so that a failure cannot be made smaller by leaving some out.
      { numRuns: 150, endOnFailure: true },
    );

    expect(model.size).toBeGreaterThan(100);
    const { differing, events } = await verifyLedger(app.pool);
    expect(differing).toEqual([]);
    expect(events).toBe(model.size);
    expect(sorted(await balancesStored())).toEqual(sorted(model.balances));
  });

  it('does so too when two processes are sent it at once, and everything twice', async () => {
    const second = await app.replica();
    const bodies = fc.array(fc.array(anyEvent, { minLength: 1, maxLength: 20 }), {
      minLength: 40,
      maxLength: 40,
    });
    const sendTwice = async (bodies: object[][]): Promise<SentEvent[]> => {
      const answers = bodies.flatMap((body) =>
        [app.url, second.url].map(async (url) => {
          const { status, body: answer } = await forum.post(body, url);
          expect([200, 422]).toContain(status);
          return (body as SentEvent[]).filter((_, index) => answer.results[index]?.status === 'accepted');
        }),
      );
      return (await Promise.all(answers)).flat();
    };
    await fc.assert(
      fc.asyncProperty(bodies, async (bodies) => {
        const model = new LedgerModel();
        for (const event of inOrder(await sendTwice(bodies))) model.count(event);
        const { differing, events } = await verifyLedger(app.pool);
        expect(differing).toEqual([]);
        expect(events).toBe(model.size);
        expect(sorted(await balancesStored())).toEqual(sorted(model.balances));
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

/** Lets the model take what was accepted, and holds every other answer against what it knows. */
function follow(
  model: LedgerModel,
  sent: unknown[],
  { accepted, duplicates, rejected, results }: EventsAnswer,
): void {
  expect(accepted + duplicates + rejected).toBe(sent.length);
  expect(results.map(({ index }) => index)).toEqual(sent.map((_, index) => index));
  const events = sent as SentEvent[];
  for (const event of inOrder(events.filter((_, index) => results[index]!.status === 'accepted')))
    model.count(event);
  results.forEach(({ status, karma }, index) => {
    const { member, id } = events[index]!;
    if (status === 'duplicate' || status === 'conflict') expect(model.has(member, id)).toBe(true);
    // Of a request in several statements, each tells the balance as it was then: only the last is the one at the end.
    if (karma !== undefined && sent.length === 1) expect(karma).toBe(model.balance(member));
  });
}

/** The events in an order in which each comes after the one it reverses. */
function inOrder(events: readonly SentEvent[]): SentEvent[] {
  const key = ({ member, id }: { member: string; id: string | undefined }) => JSON.stringify([member, id]);
  const byKey = new Map(events.map((event) => [key(event), event]));
  const done = new Set<SentEvent>();
  const visit = (event: SentEvent): void => {
    if (done.has(event)) return;
    done.add(event);
    const original = byKey.get(key({ member: event.member, id: event.reverses }));
    if (original && original !== event) visit(original);
    ordered.push(event);
  };
  const ordered: SentEvent[] = [];
  for (const event of events) visit(event);
  return ordered;
}
