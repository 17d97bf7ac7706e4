import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity } from '../support/community';
import { quiescence } from '../support/quiescence';
import type { Fault } from '../support/telegram-side';
import { until } from '../support/until';

const METHODS = [
  'sendMessage',
  'approveChatJoinRequest',
  'declineChatJoinRequest',
  'pinChatMessage',
  'banChatMember',
  'unbanChatMember',
];

const FAULTS: { what: string; fault: Omit<Fault, 'method' | 'chatId'>; methods: string[] }[] = [
  { what: 'answers 500', fault: { kind: 'error', code: 500 }, methods: METHODS },
  { what: 'answers a page of a proxy', fault: { kind: 'badBody', code: 502 }, methods: METHODS },
  { what: 'refuses without JSON', fault: { kind: 'badBody', code: 400 }, methods: METHODS },
  { what: 'does it and loses the answer', fault: { kind: 'lostReply' }, methods: METHODS },
  { what: 'drops the connection', fault: { kind: 'reset' }, methods: METHODS },
  {
    what: 'hangs for longer than a call may take',
    fault: { kind: 'timeout', delayMs: 20_000 },
    methods: ['approveChatJoinRequest', 'unbanChatMember'],
  },
];

describe('When Telegram fails at each kind of call', () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
  }, 60_000);

  afterAll(() => app.stop());

  it('by any kind of failure, members still end where they should', async () => {
    await Promise.all(FAULTS.map((_, index) => liveThrough(index)));
    await quiescence(app);
    const { rows } = await app.pool.query("select kind, problem from effects where status = 'failed'");
    expect(rows).toEqual([]);
  }, 55_000);

  /** One group and two people, who meet a failure at every call about them. */
  async function liveThrough(index: number): Promise<void> {
    const { what, fault, methods } = FAULTS[index]!;
    const audience = `when-${index}`;
    const profile = { audiences: [audience] };
    const group = await community.group({ audiences: [audience], admitAt: 100, graceHours: 0 }, audience);
    await app.admin(`/v1/groups/${group.id}/milestones`, {
      method: 'PUT',
      body: { milestones: [{ karma: 200 }] },
    });
    const { userId } = await community.member(`in ${audience}`, 0, profile);
    const short = await community.member(`short ${audience}`, 0, profile);
    for (const method of methods) {
      const places = method === 'sendMessage' ? [userId, short.userId] : [group.chatId];
      for (const chatId of places) await app.telegram.fault({ ...fault, method, chatId });
    }
    const link = await app.telegram.joinLink(group.chatId);
    const patiently = { timeoutMs: 25_000 };

    await community.people.open(short.userId, link);
    const told = app.telegram.hears(short.userId, /not open to you yet/, patiently);
    await community.earn(`in ${audience}`, 100);
    await app.telegram.hears(userId, /The door to/, patiently);
    await community.people.press(userId, /^Join/);
    await until(() => app.telegram.isIn(group.chatId, userId), { what: `${what}: to be in`, ...patiently });
    await community.standing(`in ${audience}`, group.id, 'in');

    await community.earn(`in ${audience}`, 100);
    await until(async () => (await app.telegram.chat(group.chatId)).pins.length === 1, {
      what: `${what}: the milestone to be pinned`,
      ...patiently,
    });
    await community.earn(`in ${audience}`, -150);
    await app.telegram.hears(userId, /You were removed/, patiently);
    await until(async () => (await app.telegram.status(group.chatId, userId)) === 'left', {
      what: `${what}: not to be banned`,
      ...patiently,
    });
    await told;
    await until(async () => (await app.telegram.chat(group.chatId)).requests.length === 0, {
      what: `${what}: the door to be clear`,
      ...patiently,
    });
    expect(await app.telegram.status(group.chatId, short.userId)).toBe('left');
    expect((await app.telegram.chat(group.chatId)).bot.status).toBe('administrator');
  }
});
