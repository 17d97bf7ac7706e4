import { setTimeout as wait } from 'node:timers/promises';
import { verifyLedger } from '../../src/karma/verify-ledger';
import { startApplication, type TestApplication } from '../support/application';
import type { ApplicationProcess } from '../support/application-process';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { ownDatabase } from '../support/own-database';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

const CALLERS = 8;

interface EventAnswer {
  type?: string;
  results?: { status: string }[];
}

describe('A restart of Postgres', () => {
  let postgres: PostgresServer;
  let app: TestApplication;
  let process: ApplicationProcess;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    postgres = await startPostgresServer();
    app = await startApplication({ ROLES: 'api' }, { database: await ownDatabase(postgres) });
    process = await app.spawn({ ROLES: 'api,worker,bot' });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100_000, graceHours: 72 }, 'Lounge');
  }, 60_000);

  afterAll(async () => {
    await app.stop();
    await postgres.remove();
  });

  it('ends no process, and no event is lost or counted twice', async () => {
    const member = await community.member('rosa', 0);
    const statuses = new Map<number, number>();
    const problems = new Set<string | undefined>();
    const stored = new Map<string, string>();
    let serial = 0;
    const over = new AbortController();

    // As a site does it: an event that was not answered with 200 is sent again, with the same id, until it is.
    const post = async (id: string): Promise<void> => {
      for (;;) {
        const answer = await process
          .api<EventAnswer>('/v1/events', {
            bearer: community.sourceKey,
            body: { id, member: 'rosa', delta: 1 },
          })
          .catch(() => undefined);
        statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
        if (answer?.status === 200) {
          stored.set(id, answer.body.results![0]!.status);
          return;
        }
        if (answer) problems.add(answer.body.type);
        await wait(20);
      }
    };
    const callers = Array.from({ length: CALLERS }, async (_, caller) => {
      while (!over.signal.aborted) await post(`${caller}-${serial++}`);
    });
    const takes = async (count: number) => {
      const before = stored.size;
      await until(() => stored.size >= before + count, { what: 'events to be stored', timeoutMs: 15_000 });
    };

    await takes(200);
    for (let restart = 0; restart < 2; restart++) {
      await postgres.server.stop('immediate');
      await until(async () => (await process.api('/readyz')).status === 503, { what: 'readiness to end' });
      await wait(1000);
      await postgres.server.start();
      await takes(200);
    }
    over.abort();
    await Promise.all(callers);

    expect(process.child.exitCode).toBeNull();
    expect(statuses.get(503)).toBeGreaterThan(0);
    expect([...statuses.keys()].filter((status) => ![0, 200, 503].includes(status))).toEqual([]);
    expect([...problems]).toEqual(['urn:karmagate:unavailable']);
    const proof = await verifyLedger(app.pool);
    expect(proof).toMatchObject({ differing: [], events: stored.size, sum: String(stored.size) });

    // And everything behind the ledger works again: decision, effects, updates.
    await community.earn('rosa', 100_000);
    await app.telegram.hears(member.userId, /door to Lounge is open/, { timeoutMs: 20_000 });
    await community.people.press(member.userId, /^Join/);
    await community.standing('rosa', lounge.id, 'in');
    await quiescence(app);
  }, 60_000);
});
