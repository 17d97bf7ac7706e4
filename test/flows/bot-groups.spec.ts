import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity } from '../support/community';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

interface Created {
  group: { id: number };
  claim: { addBotUrl: string; expiresAt: string };
}

interface GroupView {
  status: string;
  trouble: string | null;
  rights: object | null;
}

const NEEDED = ['can_invite_users', 'can_pin_messages', 'can_restrict_members'];

describe('Registering a Telegram group', () => {
  let app: TestApplication;
  let community: Community;
  let ownerId: number;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
    ownerId = await community.people.person('Owner', 'en');
  }, 60_000);

  afterAll(() => app.stop());
  afterEach(() => app.telegram.clearFaults());

  const create = async (title: string, rule: object = { audiences: [], admitAt: 100, graceHours: 72 }) =>
    (await app.admin<Created>('/v1/groups', { body: { title, rule } })).body;
  const view = async (id: number) => (await app.admin<GroupView>(`/v1/groups/${id}`)).body;
  const state = (id: number, status: string) =>
    until(async () => (await view(id)).status === status, { what: `group ${id} to be ${status}` });
  const chat = async (title: string, type = 'supergroup') =>
    (await app.telegram.act<{ id: number }>('chats', { title, ownerId, type })).id;
  const open = (url: string, chatId: number) => community.people.open(ownerId, url, chatId);
  const isUntouched = async (id: number) => {
    await quiescence(app);
    expect(await view(id)).toMatchObject({ status: 'unclaimed', rights: null });
  };

  it('is done by a link that adds the bot with exactly the rights it needs', async () => {
    const { group, claim } = await create('Lounge');
    expect((await view(group.id)).status).toBe('unclaimed');
    const chatId = await chat('Lounge');
    await open(claim.addBotUrl, chatId);
    await state(group.id, 'active');
    const { bot } = await app.telegram.chat(chatId);
    const given = Object.entries(bot.rights!).filter(([, on]) => on);
    expect(
      given
        .map(([name]) => name)
        .filter((name) => name !== 'can_manage_chat')
        .toSorted(),
    ).toEqual(NEEDED);
    await app.telegram.reads(chatId, /Lounge is under karma's care now.*Nothing is missing/s);
    expect(await view(group.id)).toMatchObject({
      trouble: null,
      rights: { invite: true, remove: true, pin: true },
    });
  });

  it('tells the group what the bot cannot do when a right was taken out, and goes on when it is given', async () => {
    const { group, claim } = await create('Attic');
    const chatId = await chat('Attic');
    await open(claim.addBotUrl.replace('+pin_messages', '').replace('invite_users+', ''), chatId);
    const said = await app.telegram.reads(chatId, /Attic is under karma's care/);
    expect(said.text).toMatch(
      /❌ I cannot let members in.*✅ I can remove members.*❌ I cannot pin milestones/s,
    );
    await state(group.id, 'suspended');
    const { userId } = await community.member('early', 100);
    await quiescenceButFor(1);
    const { text } = await app.telegram.ask(userId, '/chats');
    expect(text).toMatch(/Attic is open to you, but I cannot let you in at the moment/);

    const rights = ['invite_users', 'restrict_members', 'pin_messages'];
    await app.telegram.act(`chats/${chatId}/demote-bot`, { rights });
    await state(group.id, 'active');
    await app.telegram.reads(chatId, /I have all the rights I need again/);
    await community.people.press(userId, /^Join Attic/);
    await community.standing('early', group.id, 'in');
    await quiescence(app);
  });

  it('is refused in a basic group, with a sentence that says what to do', async () => {
    const { group, claim } = await create('Basic');
    const chatId = await chat('Basic', 'group');
    await open(claim.addBotUrl, chatId);
    await app.telegram.reads(chatId, /basic group, and I cannot look after one.*supergroup/s);
    await isUntouched(group.id);
    const { id } = await app.telegram.act<{ id: number }>(`chats/${chatId}/migrate`);
    const { body } = await app.admin<Created['claim']>(`/v1/groups/${group.id}/claim`, { method: 'POST' });
    await open(body.addBotUrl, id);
    await state(group.id, 'active');
  });

  it('works once per link, and for a day', async () => {
    const first = await create('First');
    const chatId = await chat('First');
    await open(first.claim.addBotUrl, chatId);
    await state(first.group.id, 'active');
    const other = await chat('Other');
    await open(first.claim.addBotUrl, other);
    await app.telegram.reads(other, /I do not know this link, or it is too old/);

    const late = await create('Late');
    app.clock.forward({ hours: 25 });
    await open(late.claim.addBotUrl, other);
    await until(
      async () =>
        (await app.telegram.chat(other)).messages.filter(({ text }) => /I do not know this link/.test(text))
          .length === 2,
      { what: 'the expired link to be refused' },
    );
    await isUntouched(late.group.id);
    expect((await view(first.group.id)).status).toBe('active');

    const replaced = await create('Replaced');
    await app.admin(`/v1/groups/${replaced.group.id}/claim`, { method: 'POST' });
    const third = await chat('Third');
    await open(replaced.claim.addBotUrl, third);
    await app.telegram.reads(third, /I do not know this link/);
    await isUntouched(replaced.group.id);
  });

  it('is refused for a chat that is another group already', async () => {
    const first = await create('Den');
    const second = await create('Den again');
    const chatId = await chat('Den');
    await open(first.claim.addBotUrl, chatId);
    await state(first.group.id, 'active');
    await open(second.claim.addBotUrl, chatId);
    await app.telegram.reads(chatId, /under care already, as another group/);
    await isUntouched(second.group.id);
  });

  it('survives that Telegram stumbles in the middle of it', async () => {
    for (const method of ['getChatMember', 'createChatInviteLink']) {
      const { group, claim } = await create(`Stumbling at ${method}`);
      const chatId = await chat('Stumbling');
      await app.telegram.fault({ kind: 'error', method, chatId });
      await open(claim.addBotUrl, chatId);
      await until(async () => (await view(group.id)).status === 'active', {
        what: `the group to be active after ${method} failed`,
        timeoutMs: 20_000,
      });
      await app.telegram.reads(chatId, /Nothing is missing/);
      expect((await app.telegram.chat(chatId)).messages.some(({ text }) => /cannot/.test(text))).toBe(false);
    }
  }, 45_000);

  it('is what makes a group managed: in a chat that nobody claimed, the bot does nothing', async () => {
    const chatId = await chat('Wild');
    await app.telegram.act(`chats/${chatId}/add-bot`, { userId: ownerId });
    await app.telegram.reads(chatId, /I do not look after this chat: nobody has claimed it/);
    await app.telegram.act(`chats/${chatId}/add-bot`, {
      userId: ownerId,
      rights: ['invite_users', 'restrict_members', 'pin_messages'],
    });
    const link = await app.telegram.act<{ url: string }>(`chats/${chatId}/links`, {
      createsJoinRequest: true,
    });
    const stranger = await community.people.person('Stranger', 'en');
    await community.people.open(stranger, link.url);
    const { userId } = await community.member('wanderer', 0);
    await community.people.open(userId, link.url);
    await quiescence(app);
    expect((await app.telegram.chat(chatId)).requests).toHaveLength(2);
    for (const method of ['approveChatJoinRequest', 'declineChatJoinRequest', 'banChatMember']) {
      expect(await app.telegram.calls(method, { chat_id: chatId })).toEqual([]);
    }
  });

  /** Waits until nothing is left to do but so many effects, which wait for a right. */
  async function quiescenceButFor(effects: number): Promise<void> {
    await until(
      async () => {
        const { rows } = await app.pool.query<{ forbidden: number }>(
          `select count(*)::integer as forbidden from effects where status = 'open' and outcome = 'forbidden'`,
        );
        return rows[0]!.forbidden === effects;
      },
      { what: 'an effect to wait for a right' },
    );
  }
});
