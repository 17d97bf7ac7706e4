import { rebuildBalances } from '../../src/karma/rebuild-balances';
import { verifyLedger } from '../../src/karma/verify-ledger';
import { startApplication, type TestApplication } from '../support/application';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';
import { until } from '../support/until';

let app: TestApplication;
let forum: KarmaSource;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
  await forum.post(
    Array.from({ length: 300 }, (_, index) => ({ id: `e${index}`, member: `m${index % 10}`, delta: index })),
  );
});

afterAll(() => app.stop());

const idOf = async (member: string) => {
  const { rows } = await app.pool.query<{ id: number }>('select id from members where external_id = $1', [
    member,
  ]);
  return rows[0]!.id;
};
const setKarma = async (member: string, karma: number) =>
  app.pool.query('update karma_balances set karma = $2 where member_id = $1', [await idOf(member), karma]);
const dueMembers = async () => {
  const { rows } = await app.pool.query<{ member_id: number }>('delete from due_members returning member_id');
  return rows.map((row) => row.member_id).toSorted((a, b) => a - b);
};

const isWaiting = async () => {
  const { rows } = await app.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
};

describe('The proof of the ledger', () => {
  it('adds everything up', async () => {
    const sum = (300 * 299) / 2;

    expect(await verifyLedger(app.pool)).toEqual({
      members: 10,
      events: 300,
      sum: String(sum),
      differing: [],
    });
  });

  it('counts somebody with a balance of nothing and no events as sound', async () => {
    await app.api('/v1/members/quiet', { method: 'PUT', bearer: forum.key, body: {} });
    await app.pool.query('insert into karma_balances values ($1, 0)', [await idOf('quiet')]);

    expect((await verifyLedger(app.pool)).differing).toEqual([]);
  });

  it('names every member whose balance is not the sum of their events', async () => {
    const before = [await forum.karma('m1'), await forum.karma('m2')] as const;
    await setKarma('m1', before[0] + 1);
    await setKarma('m2', -5);
    await app.pool.query('delete from karma_balances where member_id = $1', [await idOf('m3')]);
    await app.pool.query('update karma_balances set karma = 7 where member_id = $1', [await idOf('quiet')]);

    const { differing } = await verifyLedger(app.pool);

    const names = await Promise.all(['m1', 'm2', 'm3', 'quiet'].map(idOf));
    expect(differing.toSorted((a, b) => a.memberId - b.memberId)).toEqual(
      [
        { memberId: names[0], karma: before[0] + 1, sum: before[0] },
        { memberId: names[1], karma: -5, sum: before[1] },
        { memberId: names[2], karma: 0, sum: (3 + 293) * 15 },
        { memberId: names[3], karma: 7, sum: 0 },
      ].toSorted((a, b) => a.memberId! - b.memberId!),
    );
  });

  it('is told of a lost event too', async () => {
    await app.pool.query(`delete from karma_events where event_id = 'e299'`);

    expect((await verifyLedger(app.pool)).differing.map(({ memberId }) => memberId)).toContain(
      await idOf('m9'),
    );
  });
});

describe('Rebuilding the balances', () => {
  it('corrects those that are wrong, has their members looked at, and touches no other', async () => {
    await dueMembers();
    const wrong = await Promise.all(['m1', 'm2', 'm3', 'm9', 'quiet'].map(idOf));

    expect(await rebuildBalances(app.pool)).toEqual({ corrected: 5 });

    expect((await verifyLedger(app.pool)).differing).toEqual([]);
    expect(await dueMembers()).toEqual(wrong.toSorted((a, b) => a - b));
    expect(await forum.karma('m3')).toBe((3 + 293) * 15);
  });

  it('changes nothing when nothing is wrong', async () => {
    expect(await rebuildBalances(app.pool)).toEqual({ corrected: 0 });
    expect(await dueMembers()).toEqual([]);
  });

  it('waits for events that are being written at this moment', async () => {
    const id = await idOf('m5');
    await setKarma('m5', -1);
    const writer = await app.pool.connect();
    await writer.query('begin');
    await writer.query(
      `insert into karma_events (member_id, source_id, event_id, delta) values ($1, 1, 'late', 10)`,
      [id],
    );
    await writer.query('update karma_balances set karma = karma + 10 where member_id = $1', [id]);

    const rebuilt = rebuildBalances(app.pool);
    await until(isWaiting, { what: 'the rebuild to wait' });
    await writer.query('commit');
    writer.release();

    expect(await rebuilt).toEqual({ corrected: 1 });
    expect((await verifyLedger(app.pool)).differing).toEqual([]);
  });

  it('may happen while events flow, and none of them is lost or counted twice', async () => {
    const before = (await verifyLedger(app.pool)).events;
    let posted = 0;
    const flow = Array.from({ length: 6 }, async (_, lane) => {
      for (let batch = 0; batch < 8; batch += 1) {
        const events = Array.from({ length: 25 }, (_, n) => ({
          id: `flow-${lane}-${batch}-${n}`,
          member: `m${(lane + n) % 10}`,
          delta: 1,
        }));
        const { body } = await forum.post(events);
        posted += body.accepted;
      }
    });
    for (let rebuilt = 0; rebuilt < 5; rebuilt += 1) await rebuildBalances(app.pool);
    await Promise.all(flow);

    const { differing, events } = await verifyLedger(app.pool);
    expect(posted).toBe(6 * 8 * 25);
    expect(differing).toEqual([]);
    expect(events).toBe(before + posted);
  });
});
