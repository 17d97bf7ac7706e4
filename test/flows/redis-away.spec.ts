import { setTimeout as wait } from 'node:timers/promises';
import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { type RedisServer, startRedis } from '../support/redis-server';
import { until } from '../support/until';

/** Long enough for the pauses between attempts to reconnect to grow as long as they ever get. */
const DOWN_MS = 20_000;
const ANSWERED_WITHIN_MS = 500;
const WORK_GOES_ON_WITHIN_MS = 5_000;

const onRedis = process.env['TEST_QUEUE'] === 'redis' ? describe : describe.skip;

onRedis('While Redis is away', () => {
  let redis: RedisServer;
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    redis = await startRedis();
    app = await startApplication({ REDIS_URL: redis.url });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, graceHours: 72 }, 'Lounge');
  }, 60_000);

  afterAll(async () => {
    await app.stop();
    await redis.remove();
  });

  const readiness = async () => (await app.api<{ database: string; queue: string }>('/readyz')).body;

  it('events are taken and answered at once, and their work goes on within 5 s of its return', async () => {
    const early = await community.member('early', 0);
    const late = await community.member('late', 0);
    expect(await readiness()).toEqual({ database: 'up', queue: 'up' });

    await redis.kill9();
    const downSince = performance.now();
    let slowest = 0;
    const earn = async (name: string, delta: number): Promise<void> => {
      const sentAt = performance.now();
      await community.earn(name, delta);
      slowest = Math.max(slowest, performance.now() - sentAt);
    };
    await earn('early', 100);
    const down = await app.api<{ database: string; queue: string }>('/readyz');
    expect(down.status).toBe(200);
    expect(down.body).toEqual({ database: 'up', queue: 'down' });
    while (performance.now() - downSince < DOWN_MS) {
      await earn('early', 1);
      await wait(250);
    }
    await earn('late', 100);
    expect(slowest).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(await app.telegram.calls('sendMessage', { chat_id: late.userId })).toHaveLength(1);

    // It comes back empty: what it held is lost as well.
    await redis.start();
    const backAt = performance.now();
    const soon = { timeoutMs: WORK_GOES_ON_WITHIN_MS };
    await Promise.all([
      app.telegram.hears(early.userId, /door to Lounge is open/, soon),
      app.telegram.hears(late.userId, /door to Lounge is open/, soon),
    ]);
    expect(performance.now() - backAt).toBeLessThan(WORK_GOES_ON_WITHIN_MS);
    await until(async () => (await readiness()).queue === 'up', { what: 'the queue to be up' });
    await community.standing('early', lounge.id, 'invited');
  }, 60_000);
});
