import { setTimeout as wait } from 'node:timers/promises';
import { verifyLedger } from '../../src/karma/verify-ledger';
import { startApplication, type TestApplication } from '../support/application';
import { ChaosModel } from '../support/chaos-model';
import { makeMischief } from '../support/chaos-mischief';
import { type Community, startCommunity } from '../support/community';
import { plantCrowd } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import { random } from '../support/random';
import { excesses } from '../support/telegram-limits';
import { until } from '../support/until';

const MEMBERS = 40;
const ACTORS = 4;
const STORM_MS = 12_000;
const PER_SECOND = 60;

const RULES = [
  { audiences: [], admitAt: 100, keepAt: 60, graceHours: 24 },
  { audiences: ['a', 'b'], admitAt: 50, graceHours: 1 },
  { audiences: ['b'], admitAt: 200, keepAt: 150, graceHours: 0 },
];

const { seed, next } = random();

describe(`After a storm of everything at once (seed ${seed})`, () => {
  let app: TestApplication;
  let community: Community;
  let model: ChaosModel;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: String(PER_SECOND) });
    const replica = await app.replica();
    community = await startCommunity(app);
    const groups = [];
    for (const [index, rule] of RULES.entries()) groups.push(await community.group(rule, `Group ${index}`));
    const names = Array.from({ length: MEMBERS }, (_, index) => `member-${index}`);
    const crowd = [
      ...(await plantCrowd(app, community, names.slice(0, 15), { audiences: ['a'] })),
      ...(await plantCrowd(app, community, names.slice(15, 30), { audiences: ['b'] })),
      ...(await plantCrowd(app, community, names.slice(30))),
    ];
    model = new ChaosModel(crowd, groups, RULES);
    await quiescence(app);

    // The storm, then calm: no fault any more, and time for every grace to end.
    const end = performance.now() + STORM_MS;
    const storm = makeMischief(app, community, model, next, [app.url, replica.url]);
    await Promise.all(
      Array.from({ length: ACTORS }, async () => {
        while (performance.now() < end) {
          await storm();
          await wait(next(40));
        }
      }),
    );
    await app.telegram.clearFaults();
    await quiescence(app, 60_000);
    // What was put off by a failure may only now lead to a warning, so that there may be another round.
    while (await someoneIsAtRisk()) {
      app.clock.forward({ hours: 200 });
      await until(async () => !(await someoneIsAtRisk()), {
        what: `every grace to end (seed ${seed})`,
        timeoutMs: 60_000,
        everyMs: 100,
      });
      await quiescence(app, 60_000);
    }
  }, 180_000);

  afterAll(() => app.stop());

  async function someoneIsAtRisk(): Promise<boolean> {
    const risks = await app.pool.query("select from memberships where standing in ('at_risk', 'leaving')");
    return risks.rowCount !== 0;
  }

  it('every event that was answered is counted once: ledger, balances and model agree', async () => {
    expect(model.accepted).toBeGreaterThan(100);
    const proof = await verifyLedger(app.pool);
    expect({ seed, ...proof }).toMatchObject({ seed, differing: [], events: model.accepted });
    const { rows } = await app.pool.query<{ name: string; karma: number }>(
      'select external_id as name, karma from members join karma_balances on member_id = id',
    );
    const stored = Object.fromEntries(rows.map(({ name, karma }) => [name, karma]));
    expect({ seed, stored }).toEqual({ seed, stored: Object.fromEntries(model.karma) });
  });

  it('everybody is where the rules want them, and where the humans have put them', async () => {
    const chats = new Map(
      await Promise.all(
        model.groups.map(async ({ chatId }) => [chatId, await app.telegram.chat(chatId)] as const),
      ),
    );
    const { rows } = await app.pool.query<{ name: string; group: number; standing: string }>(
      'select external_id as name, group_id as group, standing from memberships join members on members.id = member_id',
    );
    const standings = new Map(rows.map(({ name, group, standing }) => [`${name} ${group}`, standing]));
    const strange = model.contradictions(chats, standings);
    expect({ seed, strange }).toEqual({ seed, strange: [] });
  });

  it('nothing was given up', async () => {
    const effects = await app.pool.query(
      "select kind, outcome, problem from effects where status = 'failed'",
    );
    const updates = await app.pool.query('select payload, problem from inbox_updates where attempts >= 4');
    expect({ seed, effects: effects.rows, updates: updates.rows }).toEqual({
      seed,
      effects: [],
      updates: [],
    });
  });

  it('no limit of Telegram was exceeded in any window', async () => {
    const calls = await app.telegram.calls();
    expect(calls.length).toBeGreaterThan(MEMBERS);
    expect({ seed, excesses: excesses(calls, PER_SECOND) }).toEqual({ seed, excesses: [] });
  });
});
