import { startApplication, type Replica, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { plantCrowd } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

const MEMBERS = 25;

describe('Two replicas on one database and one queue', () => {
  let app: TestApplication;
  let leader: Replica;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication({ ROLES: 'api', TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    const everything = { ROLES: 'api,worker,bot' };
    leader = await app.replica(everything);
    await app.replica(everything);
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, graceHours: 72 }, 'Lounge');
  }, 60_000);

  afterAll(() => app.stop());

  const names = Array.from({ length: MEMBERS }, (_, index) => `crowd-${index}`);
  const counts = async (method: string, by: 'chat_id' | 'user_id') => {
    const found = new Map<unknown, number>();
    for (const { params } of await app.telegram.calls(method)) {
      found.set(params[by], (found.get(params[by]) ?? 0) + 1);
    }
    return found;
  };

  it('do every sweep once, hear every update once and make every call once', async () => {
    const crowd = await plantCrowd(app, community, names);
    await Promise.all(names.map((name) => community.earn(name, 100)));
    await quiescence(app);
    await Promise.all(
      crowd.map(async ({ userId }) => {
        await community.people.press(userId, /^Join/);
        await until(() => app.telegram.isIn(lounge.chatId, userId), {
          what: 'everybody to be in',
          timeoutMs: 40_000,
        });
      }),
    );
    await Promise.all(names.map((name) => community.earn(name, -50)));
    await Promise.all(crowd.map(({ userId }) => app.telegram.hears(userId, /^Your karma has fallen/)));
    app.clock.forward({ hours: 73 });
    await Promise.all(names.map((name) => community.standing(name, lounge.id, 'none')));
    await quiescence(app);

    for (const { userId } of crowd) {
      const texts = (await app.telegram.inbox(userId)).map(({ text }) => text);
      expect(texts).toEqual([
        expect.stringMatching(/^The door to/),
        expect.stringMatching(/^Your karma has fallen/),
        expect.stringMatching(/^You were removed/),
      ]);
      expect(await app.telegram.status(lounge.chatId, userId)).toBe('left');
    }
    const once = new Map(crowd.map(({ userId }) => [userId, 1]));
    expect(await counts('approveChatJoinRequest', 'user_id')).toEqual(once);
    expect(await counts('banChatMember', 'user_id')).toEqual(once);
    expect(await counts('unbanChatMember', 'user_id')).toEqual(once);
    expect(await app.telegram.calls('createChatInviteLink')).toHaveLength(1);
    const { rows } = await app.pool.query<{ jobs: number; attempts: number }>(
      'select count(*)::integer as jobs, max(attempts) as attempts from effects',
    );
    expect(rows[0]).toEqual({ jobs: MEMBERS * 5, attempts: 1 });
  }, 45_000);

  it('poll with one voice, and the other takes over when the first goes', async () => {
    const polls = await app.telegram.calls('getUpdates');
    expect(polls.filter(({ status }) => status === 409)).toEqual([]);
    const holders = async () =>
      (
        await app.pool.query(
          `select from pg_locks join pg_stat_activity using (pid)
           where locktype = 'advisory' and granted and application_name = 'karmagate-poller'
             and datname = current_database()`,
        )
      ).rowCount;
    expect(await holders()).toBe(1);

    const someone = await community.people.person('Someone', 'en');
    expect((await app.telegram.ask(someone, '/start')).text).toMatch(/^Hello!/);
    await leader.stop();
    expect(await holders()).toBeLessThanOrEqual(1);
    expect((await app.telegram.ask(someone, '/help')).text).toMatch(/karma/);
    await app.telegram.ask(someone, '/help');
    await quiescence(app);
    expect(await app.telegram.inbox(someone)).toHaveLength(3);
  }, 30_000);
});
