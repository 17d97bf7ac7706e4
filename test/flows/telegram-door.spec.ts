import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

describe('At the door of a Telegram group', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication();
    community = await startCommunity(app);
    lounge = await community.group({ audiences: ['webmasters'], admitAt: 500, graceHours: 72 }, 'Lounge');
  }, 60_000);

  afterAll(() => app.stop());
  afterEach(() => app.telegram.clearFaults());

  const knock = async (userId: number) =>
    community.people.open(userId, await app.telegram.joinLink(lounge.chatId));
  const requests = async () => (await app.telegram.chat(lounge.chatId)).requests;
  const isOutside = async (userId: number) => {
    await until(async () => (await requests()).length === 0, { what: 'the request to be answered' });
    expect(await app.telegram.status(lounge.chatId, userId)).toBe('left');
  };

  it('an invitation holds a button that asks to join, and who presses it is let in', async () => {
    const { userId } = await community.member('rosa', 500, { audiences: ['webmasters'] });
    const { buttons } = await app.telegram.hears(userId, /The door to Lounge is open to you: you have 500/);
    const [link] = (await app.telegram.chat(lounge.chatId)).links.filter(({ byBot }) => byBot);
    expect(link).toMatchObject({ createsJoinRequest: true, revoked: false });
    expect(buttons).toEqual([[{ text: 'Join Lounge', url: link!.url }]]);

    await community.people.press(userId, /^Join/);
    await community.standing('rosa', lounge.id, 'in');
    expect(await app.telegram.isIn(lounge.chatId, userId)).toBe(true);
    expect(await app.telegram.calls('approveChatJoinRequest', { user_id: userId })).toHaveLength(1);
  });

  it('the same link lets nobody else in: a member who is short hears how much is missing', async () => {
    const { userId } = await community.member('uma', 499, { audiences: ['webmasters'] });
    await knock(userId);
    await app.telegram.hears(userId, /not open to you yet.*499 of 500 karma: one point to go/s);
    await isOutside(userId);
    await community.earn('uma', 1);
    await app.telegram.hears(userId, /The door to Lounge is open/);
  });

  it('a member of another audience hears whom it is for', async () => {
    const { userId } = await community.member('carl', 9000, { audiences: ['customers'] });
    await knock(userId);
    await app.telegram.hears(userId, /not open to you yet.*only for: webmasters/s);
    await isOutside(userId);
  });

  it('a stranger who never wrote to the bot hears, in their language, how to become a member', async () => {
    const english = await community.people.person('Stranger', 'en');
    const russian = await community.people.person('Незнакомец', 'ru-RU');
    await knock(english);
    await app.telegram.hears(english, /Link your account first/);
    await isOutside(english);
    await knock(russian);
    await app.telegram.hears(russian, /Сначала привяжите аккаунт/);
    await isOutside(russian);
  });

  it('a stranger is declined even when Telegram stumbles over it', async () => {
    const stranger = await community.people.person('Stranger', 'en');
    await app.telegram.fault({ kind: 'error', method: 'declineChatJoinRequest' });
    await knock(stranger);
    await app.telegram.hears(stranger, /Link your account first/);
    await until(async () => (await requests()).length === 0, {
      what: 'the request to be declined',
      timeoutMs: 20_000,
    });
  }, 30_000);

  it('whoever goes out while the answer to their approval is still on its way counts as out', async () => {
    const { userId } = await community.member('hasty', 500, { audiences: ['webmasters'] });
    await app.telegram.hears(userId, /The door to Lounge is open/);
    await app.telegram.fault({ kind: 'slow', method: 'approveChatJoinRequest', delayMs: 2000 });
    await community.people.press(userId, /^Join/);
    await community.standing('hasty', lounge.id, 'in');
    await app.telegram.act(`users/${userId}/leave`, { chatId: lounge.chatId });
    await quiescence(app);
    await community.standing('hasty', lounge.id, 'left');
  });

  it('a request that its maker took back is no trouble', async () => {
    const { userId } = await community.member('fickle', 500, { audiences: ['webmasters'] });
    await app.telegram.hears(userId, /The door to Lounge is open/);
    await app.telegram.fault({ kind: 'error', method: 'approveChatJoinRequest' });
    await community.people.press(userId, /^Join/);
    await until(
      async () => (await app.telegram.calls('approveChatJoinRequest', { user_id: userId })).length === 1,
      {
        what: 'the first attempt',
      },
    );
    await app.telegram.act(`chats/${lounge.chatId}/decline`, { userId });
    await quiescence(app);
    await community.standing('fickle', lounge.id, 'invited');
    await knock(userId);
    await community.standing('fickle', lounge.id, 'in');
  });
});
