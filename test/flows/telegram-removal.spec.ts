import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup, type TestMember } from '../support/community';
import { plantInsider } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import type { Fault } from '../support/telegram-side';
import { until } from '../support/until';

describe('A removal from a Telegram group', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, graceHours: 0 }, 'Lounge');
  }, 60_000);

  afterAll(() => app.stop());
  afterEach(() => app.telegram.clearFaults());

  const insider = (name: string) => plantInsider(app, community, lounge, name);
  const status = (member: TestMember) => app.telegram.status(lounge.chatId, member.userId);
  const calls = async (method: string, { userId }: TestMember) =>
    (await app.telegram.calls(method, { user_id: userId })).map(({ params }) => params);
  const attempted = (method: string, member: TestMember) =>
    until(async () => (await calls(method, member)).length > 0, {
      what: `${method} for ${member.externalId}`,
    });

  it('is a ban that is lifted at once, and only if it is one', async () => {
    const member = await insider('rosa');
    await community.earn('rosa', -1);
    await app.telegram.hears(member.userId, /You were removed from Lounge\. You have 99 of 100 karma/);
    await community.standing('rosa', lounge.id, 'none');
    expect(await status(member)).toBe('left');
    expect(await calls('banChatMember', member)).toHaveLength(1);
    expect(await calls('unbanChatMember', member)).toEqual([
      { chat_id: lounge.chatId, user_id: member.userId, only_if_banned: true },
    ]);
  });

  it('that breaks off anywhere is finished, leaves nobody banned, and shuts no door for good', async () => {
    const breaks: Omit<Fault, 'chatId'>[] = [
      { kind: 'lostReply', method: 'banChatMember' },
      { kind: 'error', method: 'unbanChatMember', times: 2 },
      { kind: 'lostReply', method: 'unbanChatMember' },
      { kind: 'badBody', method: 'unbanChatMember' },
    ];
    await Promise.all(
      breaks.map(async (fault, index) => {
        const audience = `break-${index}`;
        const place = await community.group({ audiences: [audience], admitAt: 9, graceHours: 0 }, audience);
        const profile = { karma: 9, audiences: [audience] };
        const { userId } = await plantInsider(app, community, place, audience, profile);
        await app.telegram.fault({ ...fault, chatId: place.chatId });
        await community.earn(audience, -1);
        await app.telegram.hears(userId, /You were removed/);
        await until(async () => (await app.telegram.status(place.chatId, userId)) === 'left', {
          what: `nobody to be banned after ${fault.kind} of ${fault.method}`,
        });
        await quiescence(app);
        await community.earn(audience, 1);
        await community.standing(audience, place.id, 'invited');
        await community.people.press(userId, new RegExp(`^Join ${audience}`));
        await community.standing(audience, place.id, 'in');
      }),
    );
    expect((await app.telegram.calls('banChatMember')).length).toBeGreaterThan(breaks.length);
  }, 40_000);

  it('half done is finished even when the member has earned their place back meanwhile', async () => {
    const member = await insider('quick');
    await app.telegram.fault({ kind: 'error', method: 'unbanChatMember', chatId: lounge.chatId, times: 2 });
    await community.earn('quick', -1);
    await attempted('unbanChatMember', member);
    expect(await status(member)).toBe('kicked');
    await community.earn('quick', 1);
    await quiescence(app);
    expect(await status(member)).toBe('left');
    await community.standing('quick', lounge.id, 'invited');
    await community.people.press(member.userId, /^Join/);
    await community.standing('quick', lounge.id, 'in');
  });

  it('that failed at its first call leaves whoever has earned their place back where they are', async () => {
    const member = await insider('lucky');
    await app.telegram.fault({ kind: 'error', method: 'banChatMember', chatId: lounge.chatId });
    await community.earn('lucky', -1);
    await attempted('banChatMember', member);
    await community.earn('lucky', 1);
    await quiescence(app);
    expect(await status(member)).toBe('member');
    await community.standing('lucky', lounge.id, 'in');
    expect(await calls('banChatMember', member)).toHaveLength(1);
  });

  it('does not happen to somebody who recovers before their grace is over', async () => {
    await app.admin(`/v1/groups/${lounge.id}/rule`, {
      method: 'PUT',
      body: { audiences: [], admitAt: 100, graceHours: 24 },
    });
    const member = await insider('patient');
    await community.earn('patient', -1);
    await community.standing('patient', lounge.id, 'at_risk');
    await community.earn('patient', 1);
    await community.standing('patient', lounge.id, 'in');
    app.clock.forward({ hours: 25 });
    await quiescence(app);
    expect(await calls('banChatMember', member)).toEqual([]);
    await app.admin(`/v1/groups/${lounge.id}/rule`, {
      method: 'PUT',
      body: { audiences: [], admitAt: 100, graceHours: 0 },
    });
    await quiescence(app);
  });

  describe('and a ban by a human', () => {
    const ban = (member: TestMember) =>
      app.telegram.act(`chats/${lounge.chatId}/ban`, { userId: member.userId });

    it('is never undone, whatever the member earns', async () => {
      const member = await insider('troll');
      await ban(member);
      await community.standing('troll', lounge.id, 'barred');
      await community.earn('troll', -50);
      await community.earn('troll', 5000);
      await quiescence(app);
      expect(await status(member)).toBe('kicked');
      expect(await calls('unbanChatMember', member)).toEqual([]);
      await community.standing('troll', lounge.id, 'barred');

      // Once a human lifts it, they are not invited, but may ask.
      const invitations = (await app.telegram.inbox(member.userId)).length;
      await app.telegram.act(`chats/${lounge.chatId}/unban`, { userId: member.userId });
      await community.standing('troll', lounge.id, 'left');
      await quiescence(app);
      expect(await app.telegram.inbox(member.userId)).toHaveLength(invitations);
      await community.people.open(member.userId, await app.telegram.joinLink(lounge.chatId));
      await community.standing('troll', lounge.id, 'in');
    });

    it('is not lifted by a removal that was under way', async () => {
      const member = await insider('villain');
      await app.telegram.fault({ kind: 'error', method: 'banChatMember', chatId: lounge.chatId });
      await community.earn('villain', -1);
      await attempted('banChatMember', member);
      await ban(member);
      await quiescence(app);
      expect(await status(member)).toBe('kicked');
      await community.standing('villain', lounge.id, 'barred');
    });
  });

  describe('of somebody of whom the bot has not heard the latest', () => {
    const silently = (member: TestMember, status: 'kicked' | 'left') =>
      app.sandbox.world.rooms
        .get(lounge.chatId)!
        .members.set(member.userId, { userId: member.userId, status, until: 0 });

    it('does not lift a human’s ban', async () => {
      const member = await insider('crook');
      silently(member, 'kicked');
      await community.earn('crook', -1);
      await community.standing('crook', lounge.id, 'barred');
      await quiescence(app);
      expect(await status(member)).toBe('kicked');
      expect(await calls('unbanChatMember', member)).toEqual([]);
    });

    it('leaves whoever is gone already alone', async () => {
      const member = await insider('ghost');
      silently(member, 'left');
      await community.earn('ghost', -1);
      await community.standing('ghost', lounge.id, 'none');
      await quiescence(app);
      expect(await calls('banChatMember', member)).toEqual([]);
    });
  });

  describe('and an administrator', () => {
    const promote = (member: TestMember) =>
      app.telegram.act(`chats/${lounge.chatId}/promote`, { userId: member.userId });

    it('is never thought of, until they are an ordinary member again', async () => {
      const member = await insider('boss');
      await promote(member);
      await community.standing('boss', lounge.id, 'exempt');
      await community.earn('boss', -100);
      await quiescence(app);
      expect(await status(member)).toBe('administrator');
      expect(await calls('banChatMember', member)).toEqual([]);
      await app.telegram.act(`chats/${lounge.chatId}/demote`, { userId: member.userId });
      await app.telegram.hears(member.userId, /Your karma has fallen to 0/);
    });

    it('is left alone also when the bot was not told that they are one', async () => {
      const member = await insider('hidden boss');
      // They became one without the bot being told.
      const room = app.sandbox.world.rooms.get(lounge.chatId)!;
      const owner = room.members.get(lounge.ownerId)!;
      room.members.set(member.userId, { ...owner, userId: member.userId });
      await community.earn('hidden boss', -1);
      await community.standing('hidden boss', lounge.id, 'exempt');
      await quiescence(app);
      expect(await calls('banChatMember', member)).toEqual([]);
      expect(await status(member)).toBe('creator');
    });
  });
});
