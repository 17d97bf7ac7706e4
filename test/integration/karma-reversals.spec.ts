import { verifyLedger } from '../../src/karma/verify-ledger';
import { startApplication, type TestApplication } from '../support/application';
import { whileKarmaIsHeld } from '../support/held-karma';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';

describe('A reversal', () => {
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

  it('undoes an event, and takes its delta from it', async () => {
    await forum.post({ id: 'like', member: 'rosa', delta: 25 });

    const { body } = await forum.post({
      id: 'unlike',
      member: 'rosa',
      reverses: 'like',
      reason: 'taken back',
    });

    expect(body.results).toEqual([{ index: 0, id: 'unlike', status: 'accepted', karma: 0 }]);
    const { rows } = await app.pool.query(
      `select delta, reverses, reason from karma_events where event_id = 'unlike'`,
    );
    expect(rows).toEqual([{ delta: -25, reverses: 'like', reason: 'taken back' }]);
  });

  it('may name the delta that undoes it, and no other', async () => {
    await forum.post({ id: 'like', member: 'tim', delta: 25 });

    const wrong = await forum.post({ id: 'unlike', member: 'tim', reverses: 'like', delta: -24 });
    expect(wrong.body.results[0]).toMatchObject({
      status: 'invalid',
      karma: 25,
      error: { code: 'delta-mismatch', detail: expect.stringContaining('"delta" must be -25') },
    });
    expect(await forum.statuses({ id: 'unlike', member: 'tim', reverses: 'like', delta: -25 })).toEqual([
      'accepted',
    ]);
  });

  it('may come in the request of what it reverses, and of what reverses it again', async () => {
    expect(
      await forum.statuses([
        { id: 'like', member: 'uma', delta: 10 },
        { id: 'unlike', member: 'uma', reverses: 'like' },
        { id: 'relike', member: 'uma', reverses: 'unlike' },
        { id: 'other', member: 'uma', delta: 1 },
      ]),
    ).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(await forum.karma('uma')).toBe(11);
  });

  it('is not counted before what it reverses, and is when it comes again afterwards', async () => {
    const like = { id: 'like', member: 'vera', delta: 10 };
    const unlike = { id: 'unlike', member: 'vera', reverses: 'like' };

    expect(await forum.statuses([unlike, like])).toEqual(['unknown-original', 'accepted']);
    expect(await forum.karma('vera')).toBe(10);
    expect(await forum.statuses(unlike)).toEqual(['accepted']);
    expect(await forum.karma('vera')).toBe(0);
  });

  it('of something unknown is refused, and makes no member', async () => {
    expect(await forum.statuses({ id: 'r', member: 'nobody', reverses: 'nothing' })).toEqual([
      'unknown-original',
    ]);
    expect(await forum.statuses({ id: 'r', member: 'nobody', reverses: 'nothing', delta: 3 })).toEqual([
      'unknown-original',
    ]);
    expect((await app.api('/v1/members/nobody', { bearer: forum.key })).status).toBe(404);
  });

  it('cannot reach the event of another member or of another source', async () => {
    const shop = await startKarmaSource(app, 'Shop');
    await forum.post({ id: 'gift', member: 'wim', delta: 10 });

    expect(await forum.statuses({ id: 'r1', member: 'xenia', reverses: 'gift' })).toEqual([
      'unknown-original',
    ]);
    expect(await shop.statuses({ id: 'r1', member: 'wim', reverses: 'gift' })).toEqual(['unknown-original']);
    expect(await forum.karma('wim')).toBe(10);
  });

  it('happens once: repeated it is a duplicate, under another id it is refused', async () => {
    const unlike = { id: 'unlike', member: 'yves', reverses: 'like' };
    await forum.post({ id: 'like', member: 'yves', delta: 10 });

    expect(await forum.statuses(unlike)).toEqual(['accepted']);
    expect(await forum.statuses([unlike, { ...unlike, delta: -10 }])).toEqual(['duplicate', 'duplicate']);
    expect(await forum.statuses({ ...unlike, id: 'unlike again' })).toEqual(['already-reversed']);
    expect(await forum.statuses({ ...unlike, reverses: 'something else' })).toEqual(['conflict']);
    expect(await forum.karma('yves')).toBe(0);
  });

  it('happens once, also when a request holds two of the same event', async () => {
    const statuses = await forum.statuses([
      { id: 'like', member: 'zoe', delta: 10 },
      { id: 'unlike-b', member: 'zoe', reverses: 'like' },
      { id: 'unlike-a', member: 'zoe', reverses: 'like' },
    ]);

    expect(statuses.toSorted()).toEqual(['accepted', 'accepted', 'already-reversed']);
    expect(await forum.karma('zoe')).toBe(0);
  });

  it('of each of 60 events, sent twice at once to two processes, succeeds once and is refused once', async () => {
    const second = await app.replica();
    const deltas = Array.from({ length: 60 }, (_, index) => index - 20);
    await forum.post(deltas.map((delta, index) => ({ id: `e${index}`, member: `m${index % 7}`, delta })));

    const outcomes = await Promise.all(
      deltas.flatMap((_, index) =>
        [app.url, second.url].map((url, place) =>
          forum.statuses({ id: `r${index}-${place}`, member: `m${index % 7}`, reverses: `e${index}` }, url),
        ),
      ),
    );

    expect(outcomes.flat().filter((status) => status === 'accepted')).toHaveLength(60);
    expect(outcomes.flat().filter((status) => status === 'already-reversed')).toHaveLength(60);
    for (let member = 0; member < 7; member += 1) expect(await forum.karma(`m${member}`)).toBe(0);
  });

  it('of events that two processes reverse in opposite orders at once, happens once each', async () => {
    const second = await app.replica();
    const ids = Array.from({ length: 400 }, (_, index) => index);
    await forum.post(ids.map((index) => ({ id: `x${index}`, member: 'crossed', delta: 1 })));

    await whileKarmaIsHeld(app, async (karma) => {
      const reverse = (name: string, order: readonly number[], url: string) =>
        forum.post(
          order.map((original, place) => ({
            // Statements go by these ids: the first of one reverses what the last of the other does.
            id: `${name}-${String(place).padStart(3, '0')}`,
            member: 'crossed',
            reverses: `x${original}`,
          })),
          url,
        );
      const posted = [reverse('up', ids, app.url), reverse('down', ids.toReversed(), second.url)];
      await karma.waiting(2);
      await karma.release();
      const answers = await Promise.all(posted);

      expect(answers.map(({ status }) => status).every((status) => status === 200 || status === 422)).toBe(
        true,
      );
      expect(answers.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(400);
    });
    expect(await forum.karma('crossed')).toBe(0);
  });
});
