import { RecordKarma } from '../../src/karma/record-karma';
import { verifyLedger } from '../../src/karma/verify-ledger';
import { type Replica, startApplication, type TestApplication } from '../support/application';
import { occupy, whileKarmaIsHeld } from '../support/held-karma';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';

describe('Many karma events at once', () => {
  let app: TestApplication;
  let second: Replica;
  let forum: KarmaSource;

  beforeAll(async () => {
    app = await startApplication({ ROLES: 'api' });
    second = await app.replica();
    forum = await startKarmaSource(app);
  });

  afterEach(async () => {
    expect((await verifyLedger(app.pool)).differing).toEqual([]);
  });

  afterAll(() => app.stop());

  /** One transaction writes all the rows of a statement, and each row remembers which one it was. */
  async function statementsOf(prefix: string) {
    const { rows } = await app.pool.query<{ statements: number; events: number }>(
      `select count(distinct xmin::text) as statements, count(*) as events from karma_events
       where event_id like $1 || '%'`,
      [prefix],
    );
    return rows[0]!;
  }

  it('are each answered with their own result', async () => {
    const single = (index: number) => ({ id: `single-${index}`, member: `m${index % 50}`, delta: 1 });

    const answers = await Promise.all(Array.from({ length: 400 }, (_, index) => forum.post(single(index))));

    answers.forEach(({ status, body }, index) => {
      expect([status, body.results]).toEqual([
        200,
        [{ index: 0, id: `single-${index}`, status: 'accepted', karma: expect.any(Number) }],
      ]);
    });
    expect((await statementsOf('single-')).events).toBe(400);
    for (let member = 0; member < 50; member += 1) expect(await forum.karma(`m${member}`)).toBe(8);
  });

  it('share a statement when they arrive while others are running', async () => {
    const record = app.application.get(RecordKarma);
    await whileKarmaIsHeld(app, async (karma) => {
      const running = await occupy(app, karma, forum.id);
      const next = Array.from({ length: 50 }, (_, index) =>
        record.record(forum.id, [{ id: `next-${index}`, member: 'queue', delta: 1 }]),
      );
      await karma.release();
      await Promise.all(running);

      for (const results of await Promise.all(next)) expect(results).toMatchObject([{ status: 'accepted' }]);
    });

    expect(await statementsOf('next-')).toEqual({ statements: 1, events: 50 });
  });

  it('are counted once, when two processes race for the same ids in different orders', async () => {
    const events = Array.from({ length: 600 }, (_, index) => ({
      id: `race-${index}`,
      member: `racer-${index % 40}`,
      delta: index,
    }));
    const orders = [
      events,
      events.toReversed(),
      events.toSorted((a, b) => (a.delta % 7) - (b.delta % 7)),
      events.toSorted((a, b) => (b.delta % 11) - (a.delta % 11)),
    ];
    // Members who are known already: bringing them into being would put the statements in a row.
    await forum.post(events.slice(0, 40).map(({ member }) => ({ id: `known ${member}`, member, delta: 0 })));
    await whileKarmaIsHeld(app, async (karma) => {
      const posted = orders.map((order, turn) => forum.post(order, turn < 2 ? app.url : second.url));
      // All four begin at the same moment.
      await karma.waiting(4);
      await karma.release();
      const answers = await Promise.all(posted);

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const counted = answers
        .flatMap(({ body }) => body.results)
        .filter(({ status }) => status === 'accepted');
      expect(counted.map(({ id }) => id).toSorted()).toEqual(events.map(({ id }) => id).toSorted());
      expect(answers.reduce((sum, { body }) => sum + body.duplicates, 0)).toBe(3 * 600);
    });
  });

  it('never wait for each other in a circle, in whatever order two processes name the same members', async () => {
    const members = Array.from({ length: 900 }, (_, index) => `circle-${index}`);
    const orders = [
      members,
      members.toReversed(),
      members.toSorted((a, b) => Number(a.at(-1)) - Number(b.at(-1))),
      members.toSorted((a, b) => a.length - b.length || b.localeCompare(a)),
    ];
    await forum.post(members.map((member) => ({ id: `first ${member}`, member, delta: 1 })));
    await whileKarmaIsHeld(app, async (karma) => {
      const recorded = orders.map((order, turn) =>
        (turn < 2 ? app : second).application.get(RecordKarma).record(
          forum.id,
          order.map((member) => ({ id: `turn ${turn} ${member}`, member, delta: 1 })),
        ),
      );
      // All four begin at the same moment, and each has every row to move.
      await karma.waiting(4);
      await karma.release();

      for (const results of await Promise.all(recorded)) {
        expect(results.every(({ status }) => status === 'accepted')).toBe(true);
      }
    });
    for (const member of members.slice(0, 20)) expect(await forum.karma(member)).toBe(5);
  });

  it('of one id with different contents: one is counted, and the others are conflicts with it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, delta) =>
        forum.post({ id: 'contested', member: 'prize', delta }, delta % 2 === 0 ? app.url : second.url),
      ),
    );

    const statuses = answers.map(({ body }) => body.results[0]!.status);
    const winner = statuses.indexOf('accepted');
    expect(statuses.toSorted()).toEqual(['accepted', ...Array.from({ length: 19 }, () => 'conflict')]);
    expect(await forum.karma('prize')).toBe(winner);
  });

  it('of one newcomer, from two processes, make one member', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        forum.post(
          { id: `n${index}`, member: 'born once', delta: 1 },
          index % 2 === 0 ? app.url : second.url,
        ),
      ),
    );

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await forum.karma('born once')).toBe(40);
  });
});
