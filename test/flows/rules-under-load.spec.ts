import { setTimeout as wait } from 'node:timers/promises';
import { verifyLedger } from '../../src/karma/verify-ledger';
import { entitle } from '../../src/membership/entitle.policy';
import { countsAsIn, isInside, type Presence, type Standing } from '../../src/membership/standing.policy';
import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { plantCrowd } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import { random } from '../support/random';
import { until } from '../support/until';

const MEMBERS = 120;
const INSIDE = 40;
const RULE_CHANGES = 40;
const STORM_MS = 5000;
const EVENTS_PER_BODY = 50;
const CALLERS = 4;

interface Row {
  name: string;
  karma: number;
  presence: Presence;
  standing: Standing;
}

const { seed, next } = random();

describe(`A rule that changes while karma moves (seed ${seed})`, () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
  }, 60_000);

  afterAll(() => app.stop());

  const change = (group: TestGroup, rule: { admitAt: number; keepAt: number }, audience: string) =>
    app.admin(`/v1/groups/${group.id}/rule`, {
      method: 'PUT',
      body: { audiences: [audience], graceHours: 72, ...rule },
    });

  it('misses nobody whose event was judged by the rule before and counted after the change', async () => {
    const group = await community.group({ audiences: ['slow'], admitAt: 1000, graceHours: 72 }, 'Slow');
    await plantCrowd(app, community, ['tortoise'], { audiences: ['slow'] });
    await quiescence(app);
    // The event's statement has begun, and so knows the rule as it is, but has written nothing yet.
    await app.pool.query(`
      create function be_slow() returns trigger language plpgsql as
        $$ begin if new.event_id = 'slow' then perform pg_sleep(2); end if; return new; end $$;
      create trigger be_slow before insert on karma_events for each row execute function be_slow()`);
    const body = { id: 'slow', member: 'tortoise', delta: 500 };
    const posted = app.api('/v1/events', { bearer: community.sourceKey, body });
    const isAsleep = async () =>
      (
        await app.pool.query(
          `select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
        )
      ).rowCount;
    await until(async () => (await isAsleep()) === 1, { what: 'the statement to be under way' });
    expect((await change(group, { admitAt: 400, keepAt: 400 }, 'slow')).status).toBe(200);
    // As long as the reassessment has every chance to overtake the event.
    await wait(1000);
    expect(await isAsleep()).toBe(1);
    expect((await posted).status).toBe(200);
    await quiescence(app);
    await community.standing('tortoise', group.id, 'invited');
  }, 30_000);

  it('misses nobody who moves on before the change is looked at', async () => {
    const group = await community.group({ audiences: ['fast'], admitAt: 300, graceHours: 72 }, 'Fast');
    await plantCrowd(app, community, ['hare'], { audiences: ['fast'] });
    await community.earn('hare', 250);
    await quiescence(app);
    // Whoever looks at changed rules has to wait, as behind a long statement that began before the change.
    const other = await app.pool.connect();
    try {
      await other.query('begin');
      await other.query("set local application_name to 'karmagate'");
      await other.query('declare reading cursor for select from karma_balances');
      await change(group, { admitAt: 200, keepAt: 200 }, 'fast');
      await wait(500);
      // From 250, where only the new rule lets in, to 350, where both do: neither the levels of the one rule nor the
      // place where they differ says that there is something to do.
      await community.earn('hare', 100);
      await wait(500);
    } finally {
      await other.query('rollback');
      other.release();
    }
    await quiescence(app);
    await community.standing('hare', group.id, 'invited');
  }, 30_000);

  it('leaves everybody where the last rule wants them, after many changes in a storm of events', async () => {
    const group = await community.group({ audiences: ['storm'], admitAt: 100, graceHours: 72 }, 'Storm');
    const names = Array.from({ length: MEMBERS }, (_, index) => `storm-${index}`);
    const crowd = await plantCrowd(app, community, names, { audiences: ['storm'] });
    await Promise.all(
      crowd.slice(0, INSIDE).map(({ userId }) => app.telegram.act(`chats/${group.chatId}/add`, { userId })),
    );
    await quiescence(app);

    let posted = 0;
    const over = new AbortController();
    const callers = Array.from({ length: CALLERS }, async (_, caller) => {
      for (let turn = 0; !over.signal.aborted; turn++) {
        const body = Array.from({ length: EVENTS_PER_BODY }, (_, index) => ({
          id: `storm-${caller}-${turn}-${index}`,
          member: names[next(MEMBERS)]!,
          delta: next(61) - 30,
        }));
        const answer = await app.api<{ accepted: number }>('/v1/events', {
          bearer: community.sourceKey,
          body,
        });
        if (answer.status !== 200) throw new Error(`The events were refused with ${answer.status}.`);
        posted += answer.body.accepted;
      }
    });
    let rule = { admitAt: 100, keepAt: 100 };
    const calmAt = performance.now() + STORM_MS;
    for (let count = 0; count < RULE_CHANGES && performance.now() < calmAt; count++) {
      const admitAt = next(200) - 50;
      rule = { admitAt, keepAt: admitAt - next(30) };
      expect((await change(group, rule, 'storm')).status).toBe(200);
      await wait(next(120));
    }
    over.abort();
    await Promise.all(callers);
    await quiescence(app, 30_000);

    expect(await verifyLedger(app.pool)).toMatchObject({ differing: [] });
    const { rows } = await app.pool.query<Row>(
      `select external_id as name, karma, coalesce(presence, 'unknown') as presence, coalesce(standing, 'none') as standing
       from members join karma_balances on karma_balances.member_id = members.id
       left join memberships on memberships.member_id = members.id and group_id = $1
       where 'storm' = any (audiences)`,
      [group.id],
    );
    expect(rows).toHaveLength(MEMBERS);
    const wrong = rows.filter((row) => row.standing !== wanted(row, rule));
    expect({ seed, rule, posted, wrong }).toEqual({ seed, rule, posted, wrong: [] });
  }, 60_000);
});

function wanted({ karma, presence, standing }: Row, rule: { admitAt: number; keepAt: number }): Standing {
  const member = { karma, audiences: ['storm'], linked: true };
  const { entitled } = entitle(member, { audiences: ['storm'], ...rule }, countsAsIn(standing, presence));
  if (isInside(presence)) return entitled ? 'in' : 'at_risk';
  return entitled ? 'invited' : 'none';
}
