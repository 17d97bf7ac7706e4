import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { http } from '../support/http';
import { until } from '../support/until';

describe('One member, one account: changing it opens no door twice', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, graceHours: 72 });
  });

  afterAll(() => app.stop());

  const control = <T>(path: string, body?: unknown) =>
    http<T>(`${app.sandbox.url}/sandbox/${path}`, { body });
  const statusOf = async (userId: number) => {
    const { body } = await control<{ members: { userId: number; status: string }[] }>(
      `chats/${lounge.chatId}`,
    );
    return body.members.find((member) => member.userId === userId)?.status ?? 'left';
  };
  const becomes = (userId: number, status: string) =>
    until(async () => (await statusOf(userId)) === status, { what: `${userId} to be "${status}"` });
  const hears = (userId: number, pattern: RegExp) =>
    until(
      async () => {
        const { body } = await control<{ messages: { text: string }[] }>(`users/${userId}/inbox`);
        return body.messages.some(({ text }) => pattern.test(text));
      },
      { what: `a message like ${pattern}` },
    );
  const enter = async (externalId: string) => {
    const { userId } = await community.member(externalId, 100);
    await community.people.press(userId, /^Join/);
    await community.standing(externalId, lounge.id, 'in');
    return userId;
  };
  const unlink = (externalId: string) =>
    app.api(`/v1/members/${externalId}/accounts/telegram`, { method: 'DELETE', bearer: community.sourceKey });
  const link = async (externalId: string, userId: number) => {
    const ticket = await app.api<{ url: string }>(`/v1/members/${externalId}/tickets`, {
      bearer: community.sourceKey,
      body: {},
    });
    await community.people.open(userId, ticket.body.url);
    await community.people.press(userId, /^Yes/);
    await hears(userId, /^Linked/);
  };
  const askToJoin = async (userId: number) => {
    const { rows } = await app.pool.query<{ invite_link: string }>(
      'select invite_link from groups where id = $1',
      [lounge.id],
    );
    await community.people.open(userId, rows[0]!.invite_link);
  };

  it('whom a human banned comes in under no other account', async () => {
    const first = await enter('ana');
    await control(`chats/${lounge.chatId}/ban`, { userId: first, byId: lounge.ownerId });
    await community.standing('ana', lounge.id, 'barred');
    await unlink('ana');
    const second = await community.people.person('Ana again', 'en');
    await link('ana', second);
    await askToJoin(second);
    await until(
      async () =>
        (await control<{ requests: unknown[] }>(`chats/${lounge.chatId}`)).body.requests.length === 0,
      { what: 'the request to be answered' },
    );
    expect(await statusOf(second)).toBe('left');
    await community.standing('ana', lounge.id, 'barred');
  });

  it('whoever links another account while the first is inside has the first put out, and is invited with the second', async () => {
    const first = await enter('bea');
    // The removal of the first is held up until the second is linked.
    await control('faults', {
      method: 'getChatMember',
      kind: 'error',
      code: 500,
      description: 'busy',
      times: 3,
    });
    await unlink('bea');
    const second = await community.people.person('Bea again', 'en');
    await link('bea', second);
    await becomes(first, 'left');
    await hears(second, /door to Lounge is open/);
    await community.people.press(second, /^Join/);
    await becomes(second, 'member');
    expect(await statusOf(first)).toBe('left');
  });

  it('an account that moved to another member is judged by that member alone', async () => {
    const userId = await enter('cas');
    await control(`users/${userId}/leave`, { chatId: lounge.chatId });
    await community.standing('cas', lounge.id, 'left');
    await unlink('cas');
    await app.api('/v1/members/dov', { method: 'PUT', bearer: community.sourceKey, body: {} });
    await community.earn('dov', 500);
    await link('dov', userId);
    await askToJoin(userId);
    await becomes(userId, 'member');
    await community.standing('dov', lounge.id, 'in');
    await community.earn('cas', 1000);
    await community.earn('dov', 1);
    expect(await statusOf(userId)).toBe('member');
  });

  it('a group that is claimed for another chat begins there anew', async () => {
    const userId = await enter('eli');
    const { body } = await app.admin<{ addBotUrl: string }>(`/v1/groups/${lounge.id}/claim`, {
      method: 'POST',
    });
    const chatId = await community.people.chat('New Lounge', lounge.ownerId);
    await community.people.open(lounge.ownerId, body.addBotUrl, chatId);
    await community.standing('eli', lounge.id, 'invited');
    const { rows } = await app.pool.query<{ chat_id: string }>('select chat_id from groups where id = $1', [
      lounge.id,
    ]);
    expect(rows[0]!.chat_id).toBe(String(chatId));
    expect(await statusOf(userId)).toBe('member');
  });
});
