import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup, type TestMember } from '../support/community';
import { plantInsider } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

describe('What a member hears who falls, recovers and falls again', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, graceHours: 24 }, 'Lounge');
  }, 60_000);

  afterAll(() => app.stop());
  afterEach(() => app.telegram.clearFaults());

  const insider = (name: string) => plantInsider(app, community, lounge, name);
  /** What the bot wrote after the invitation, oldest first, by its first words. */
  const heard = async ({ userId }: TestMember) =>
    (await app.telegram.inbox(userId))
      .slice(1)
      .map(({ text }) => /^(Your karma has fallen|You are safe)/.exec(text)?.[0]);
  const fallen = 'Your karma has fallen';
  const safe = 'You are safe';

  it('ends with what is true, when the good news could not be told in time', async () => {
    const member = await insider('rosa');
    await community.earn('rosa', -1);
    await until(async () => (await heard(member)).length === 1, { what: 'the warning' });
    const calls = (await app.telegram.calls('sendMessage', { chat_id: member.userId })).length;
    await app.telegram.fault({ kind: 'error', method: 'sendMessage', chatId: member.userId });
    await community.earn('rosa', 1);
    await until(
      async () => (await app.telegram.calls('sendMessage', { chat_id: member.userId })).length > calls,
      { what: 'the good news to fail' },
    );
    await community.earn('rosa', -1);
    await quiescence(app);
    expect(await heard(member)).toEqual([fallen, fallen]);
    await community.standing('rosa', lounge.id, 'at_risk');
  });

  it('says the new date, when the former warning was still on its way', async () => {
    const member = await insider('tim');
    await app.telegram.fault({ kind: 'slow', method: 'sendMessage', chatId: member.userId, delayMs: 2500 });
    await community.earn('tim', -1);
    await until(async () => (await heard(member)).length === 1, { what: 'the warning' });
    await community.earn('tim', 1);
    await community.standing('tim', lounge.id, 'in');
    app.clock.forward({ hours: 10 });
    await community.earn('tim', -1);
    await community.standing('tim', lounge.id, 'at_risk');
    await quiescence(app);

    const texts = (await app.telegram.inbox(member.userId)).map(({ text }) => text);
    const { body } = await app.api<{ groups: { id: number; graceUntil: string }[] }>('/v1/members/tim', {
      bearer: community.sourceKey,
    });
    const deadline = new Date(body.groups.find(({ id }) => id === lounge.id)!.graceUntil);
    const said = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
    expect(texts.at(-1)).toContain(`by ${said.format(deadline)} UTC`);
    expect((await heard(member)).filter((words) => words === fallen)).toHaveLength(2);
  });

  it('is told once per change, however often karma moves in between', async () => {
    const member = await insider('uma');
    await community.earn('uma', -10);
    await until(async () => (await heard(member)).length === 1, { what: 'the warning' });
    for (let step = 0; step < 9; step++) await community.earn('uma', 1);
    await quiescence(app);
    await community.earn('uma', 1);
    await until(async () => (await heard(member)).length === 2, { what: 'the good news' });
    await quiescence(app);
    expect(await heard(member)).toEqual([fallen, safe]);
  });
});
