import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup, type TestMember } from '../support/community';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

interface GroupView {
  status: string;
  trouble: string | null;
  rights: { invite: boolean; remove: boolean; pin: boolean } | null;
}

describe('A Telegram group in trouble', () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
  }, 60_000);

  afterAll(() => app.stop());
  afterEach(() => app.telegram.clearFaults());

  const groupFor = (name: string) =>
    community.group({ audiences: [name], admitAt: 100, graceHours: 0 }, name);
  const memberOf = async (group: TestGroup, name: string, karma = 100): Promise<TestMember> =>
    community.member(name, karma, { audiences: [group.title] });
  const letIn = async (group: TestGroup, { externalId, userId }: TestMember): Promise<void> => {
    await community.people.press(userId, /^Join/);
    await community.standing(externalId, group.id, 'in');
  };
  const view = async ({ id }: TestGroup) => (await app.admin<GroupView>(`/v1/groups/${id}`)).body;
  const state = (group: TestGroup, status: string) =>
    until(async () => (await view(group)).status === status, { what: `${group.title} to be ${status}` });

  it('that lost its rights is suspended and says so; its work waits, and goes on when they return', async () => {
    const group = await groupFor('lounge');
    const inside = await memberOf(group, 'inside');
    await letIn(group, inside);
    const knocking = await memberOf(group, 'knocking');
    await app.telegram.hears(knocking.userId, /The door to lounge/);
    const link = await app.telegram.joinLink(group.chatId);

    const rights = ['restrict_members', 'pin_messages'];
    await app.telegram.act(`chats/${group.chatId}/demote-bot`, { rights });
    await state(group, 'suspended');
    expect(await view(group)).toMatchObject({
      trouble: expect.stringMatching(/rights/),
      rights: { invite: false, remove: true, pin: true },
    });
    await app.telegram.reads(group.chatId, /✅ I can remove members/);
    await app.telegram.reads(group.chatId, /❌ I cannot let members in: give me the right to invite users/);

    await app.telegram.act(`chats/${group.chatId}/demote-bot`, {});
    await until(async () => (await view(group)).rights?.remove === false, { what: 'the loss to be known' });
    await community.earn('inside', -100);
    await until(async () => (await app.telegram.calls('banChatMember')).length === 1, { what: 'an attempt' });
    expect(await app.telegram.isIn(group.chatId, inside.userId)).toBe(true);
    expect((await view(group)).status).toBe('suspended');

    const before = (await app.telegram.chat(group.chatId)).messages.at(-1)!.id;
    const back = ['invite_users', 'restrict_members', 'pin_messages'];
    await app.telegram.act(`chats/${group.chatId}/demote-bot`, { rights: back });
    await state(group, 'active');
    expect(await view(group)).toMatchObject({
      trouble: null,
      rights: { invite: true, remove: true, pin: true },
    });
    await app.telegram.reads(group.chatId, /I have all the rights I need again/, { after: before });
    await until(async () => (await app.telegram.status(group.chatId, inside.userId)) === 'left', {
      what: 'the removal that waited',
    });
    await community.people.open(knocking.userId, link);
    await community.standing('knocking', group.id, 'in');
    await quiescence(app);
  }, 40_000);

  it('that threw the bot out is suspended, and goes on when it is added again', async () => {
    const group = await groupFor('attic');
    const inside = await memberOf(group, 'lodger');
    await letIn(group, inside);
    await app.telegram.act(`chats/${group.chatId}/remove-bot`);
    await state(group, 'suspended');
    expect((await view(group)).trouble).toMatch(/not in the chat any more/);
    await community.earn('lodger', -1);
    await until(
      async () =>
        (await app.telegram.calls('getChatMember', { user_id: inside.userId })).some(
          ({ status }) => status === 403,
        ),
      { what: 'an attempt that is refused' },
    );
    const rights = ['invite_users', 'restrict_members', 'pin_messages'];
    await app.telegram.act(`chats/${group.chatId}/add-bot`, { userId: group.ownerId, rights });
    await state(group, 'active');
    await until(async () => (await app.telegram.status(group.chatId, inside.userId)) === 'left', {
      what: 'the removal that waited',
    });
    await quiescence(app);
  }, 30_000);

  describe('that became a supergroup', () => {
    /** Only basic groups migrate, and karmagate takes care of none, so that one is made out of a supergroup. */
    const migrate = async (group: TestGroup): Promise<number> => {
      app.sandbox.world.rooms.get(group.chatId)!.type = 'group';
      return (await app.telegram.act<{ id: number }>(`chats/${group.chatId}/migrate`)).id;
    };
    const silently = async (group: TestGroup): Promise<number> => {
      const { world } = app.sandbox;
      const before = world.updates.length;
      const id = await migrate(group);
      world.updates.splice(before);
      return id;
    };

    it('goes on under its new id with a new link', async () => {
      const group = await groupFor('barn');
      const inside = await memberOf(group, 'farmer');
      await letIn(group, inside);
      const invited = await memberOf(group, 'shepherd');
      await app.telegram.hears(invited.userId, /The door to barn/);
      const oldLink = await app.telegram.joinLink(group.chatId);
      const newChat = await migrate(group);
      // The invitation holds a button that is dead now; the bot has a living one.
      const knows = async () =>
        (await app.pool.query('select from groups where chat_id = $1', [String(newChat)])).rowCount === 1;
      await until(knows, { what: 'the move to be known' });
      const { buttons } = await app.telegram.ask(invited.userId, '/chats');
      const link = await app.telegram.joinLink(newChat);
      expect(link).not.toBe(oldLink);
      expect(buttons).toEqual([[{ text: 'Join barn', url: link }]]);
      await community.people.open(invited.userId, link);
      await community.standing('shepherd', group.id, 'in');
      expect(await app.telegram.isIn(newChat, invited.userId)).toBe(true);
      await community.earn('farmer', -1);
      await until(async () => (await app.telegram.status(newChat, inside.userId)) === 'left', {
        what: 'the farmer to be removed from the new chat',
      });
      await quiescence(app);
    }, 30_000);

    it('is found by the call that fails, which is made again there', async () => {
      const group = await groupFor('shed');
      const inside = await memberOf(group, 'gardener');
      await letIn(group, inside);
      const newChat = await silently(group);
      await community.earn('gardener', -1);
      await until(async () => (await app.telegram.status(newChat, inside.userId)) === 'left', {
        what: 'the gardener to be removed from the new chat',
      });
      await app.telegram.hears(inside.userId, /You were removed from shed/);
      await community.earn('gardener', 1);
      const link = await until(
        async () => (await app.telegram.chat(newChat)).links.find(({ byBot, revoked }) => byBot && !revoked),
        { what: 'a new link' },
      );
      await community.standing('gardener', group.id, 'invited');
      await community.people.open(inside.userId, link.url);
      await community.standing('gardener', group.id, 'in');
      await quiescence(app);
    }, 30_000);
  });

  it('is not what a member makes who blocks the bot: what cannot be told is settled, and /chats helps later', async () => {
    const group = await groupFor('cellar');
    const shy = await memberOf(group, 'shy', 0);
    await app.telegram.act(`users/${shy.userId}/block`);
    await community.earn('shy', 100);
    await quiescence(app);
    await community.standing('shy', group.id, 'invited');
    expect((await view(group)).status).toBe('active');
    expect((await app.telegram.inbox(shy.userId)).some(({ text }) => /The door/.test(text))).toBe(false);

    await app.telegram.act(`users/${shy.userId}/unblock`);
    const { buttons } = await app.telegram.ask(shy.userId, '/chats');
    expect(buttons).toEqual([[{ text: 'Join cellar', url: await app.telegram.joinLink(group.chatId) }]]);
    await community.people.press(shy.userId, /^Join cellar/);
    await community.standing('shy', group.id, 'in');
    // Warned in vain, and removed all the same.
    await app.telegram.act(`users/${shy.userId}/block`);
    await community.earn('shy', -1);
    await until(async () => (await app.telegram.status(group.chatId, shy.userId)) === 'left', {
      what: 'the removal',
    });
    await quiescence(app);
  }, 30_000);
});
