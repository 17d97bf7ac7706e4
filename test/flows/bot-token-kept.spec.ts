import { startApplication, type TestApplication } from '../support/application';
import type { ApplicationProcess } from '../support/application-process';
import { type Community, startCommunity } from '../support/community';
import { quiescence } from '../support/quiescence';
import type { Fault } from '../support/telegram-side';
import { until } from '../support/until';

const FAILURES: Omit<Fault, 'method'>[] = [
  { kind: 'badBody', code: 400 },
  { kind: 'badBody', code: 502 },
  { kind: 'badBody', code: 200 },
  { kind: 'reset' },
  { kind: 'timeout', delayMs: 20_000 },
  { kind: 'error', code: 401, description: 'Unauthorized' },
];

describe('The bot token', () => {
  let app: TestApplication;
  let process: ApplicationProcess;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication({ ROLES: 'api' });
    process = await app.spawn({ ROLES: 'api,worker,bot', LOG_LEVEL: 'trace' });
    community = await startCommunity(app);
  }, 60_000);

  afterAll(() => app.stop());

  it('appears in no log and in no table, however Telegram fails', async () => {
    const secret = app.sandbox.token.split(':')[1]!;
    const group = await community.group({ audiences: [], admitAt: 100, graceHours: 0 }, 'Lounge');
    const members = await Promise.all(FAILURES.map((_, index) => community.member(`member-${index}`, 0)));
    for (const [index, failure] of FAILURES.entries()) {
      await app.telegram.fault({ ...failure, method: 'sendMessage', chatId: members[index]!.userId });
      await app.telegram.fault({ ...failure, method: 'declineChatJoinRequest', chatId: group.chatId });
    }
    await app.telegram.fault({ kind: 'badBody', code: 400, method: 'getUpdates' });
    await app.telegram.fault({ kind: 'reset', method: 'getUpdates' });
    const strangers = await Promise.all(FAILURES.map(() => community.people.person('Stranger', 'en')));
    const link = await app.telegram.joinLink(group.chatId);
    await Promise.all(strangers.map((stranger) => community.people.open(stranger, link)));
    await Promise.all(members.map(({ externalId }) => community.earn(externalId, 100)));
    await app.api('/v1/members/member-0', { bearer: app.sandbox.token });
    await process.api(`/telegram/${app.sandbox.token}`);

    for (const { userId } of members) await app.telegram.hears(userId, /The door/, { timeoutMs: 20_000 });
    await until(async () => (await app.telegram.chat(group.chatId)).requests.length === 0, {
      what: 'the strangers to be declined',
      timeoutMs: 30_000,
    });
    const storedProblems = await app.pool.query(
      `select problem from effects where problem is not null
       union all select problem from inbox_updates where problem is not null`,
    );
    expect(storedProblems.rowCount).toBeGreaterThan(0);
    expect(process.output()).toMatch(/could not be (declined|handled)/);
    expect(process.output()).not.toContain(secret);
    expect(await rowsThatSay(secret)).toEqual([]);
    await quiescence(app);
  }, 60_000);

  it('would be found in a table by this test', async () => {
    await app.pool.query(`insert into members (external_id) values ('found-by-the-search')`);
    expect(await rowsThatSay('found-by-the-search')).toEqual(['public.members']);
  });

  /** Every table of every schema with a row that says this in any column. */
  async function rowsThatSay(text: string): Promise<string[]> {
    const { rows } = await app.pool.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await app.pool.query(
        `select from ${name} as row where strpos(row::text, $1) > 0 limit 1`,
        [text],
      );
      if (rowCount) found.push(name);
    }
    return found;
  }
});
