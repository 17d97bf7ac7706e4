import { BOT_RIGHTS, startTestSandbox, type Method, type TestSandbox } from './sandbox-client';

describe('members of a group in the sandbox', () => {
  let sandbox: TestSandbox;
  let chatId: number;
  let ownerId: number;
  let ann: number;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    ({ chatId, ownerId } = await sandbox.groupWithBot());
    ann = await sandbox.person('Ann');
    await sandbox.control(`/chats/${chatId}/add`, { userId: ann, byId: ownerId });
    await sandbox.forgetUpdates();
  });

  afterEach(() => sandbox.stop());

  const call = <M extends Method>(method: M, more: object = {}) =>
    sandbox.bot(method, { chat_id: chatId, user_id: ann, ...more });
  const member = async () => (await call('getChatMember')).result;
  const changes = async () =>
    (await sandbox.seen('chat_member')).map((change) => [
      change.from.id,
      change.old_chat_member.status,
      change.new_chat_member.status,
    ]);
  const botId = () => sandbox.world.bot.id;

  it('are banned with one change and a note in the chat', async () => {
    expect((await call('banChatMember')).result).toBe(true);
    expect(await member()).toMatchObject({ status: 'kicked', until_date: 0 });
    expect(await changes()).toEqual([[botId(), 'member', 'kicked']]);
    expect(await sandbox.seen('message')).toMatchObject([
      { from: { id: botId() }, left_chat_member: { id: ann } },
    ]);
    expect((await call('banChatMember')).result).toBe(true);
    expect(await changes()).toHaveLength(1);
  });

  it('are banned for a time only when it is neither too short nor too long', async () => {
    const now = Math.floor(Date.now() / 1000);
    await call('banChatMember', { until_date: now + 3600 });
    expect(await member()).toMatchObject({ status: 'kicked', until_date: now + 3600 });
    await sandbox.control('/clock', { advanceSeconds: 3601 });
    expect(await member()).toMatchObject({ status: 'left' });
    await call('banChatMember', { until_date: now + 3601 + 10 });
    expect(await member()).toMatchObject({ status: 'kicked', until_date: 0 });
  });

  it('are let back by an unban, which tells only when it changes something', async () => {
    expect((await call('unbanChatMember', { only_if_banned: true })).result).toBe(true);
    expect(await member()).toMatchObject({ status: 'member' });
    await call('banChatMember');
    await call('unbanChatMember', { only_if_banned: true });
    expect(await member()).toMatchObject({ status: 'left' });
    await call('unbanChatMember', { only_if_banned: true });
    expect(await changes()).toEqual([
      [botId(), 'member', 'kicked'],
      [botId(), 'kicked', 'left'],
    ]);
  });

  it('are thrown out by an unban that does not ask whether they were banned', async () => {
    await call('unbanChatMember');
    expect(await member()).toMatchObject({ status: 'left' });
    expect(await changes()).toEqual([
      [botId(), 'member', 'kicked'],
      [botId(), 'kicked', 'left'],
    ]);
  });

  it("are untouchable as owner or as somebody else's administrator, and so is the bot to itself", async () => {
    const ban = async (user_id: number) => (await call('banChatMember', { user_id })).description;
    expect(await ban(ownerId)).toBe("Bad Request: can't remove chat owner");
    expect(await ban(botId())).toBe("Bad Request: can't restrict self");
    await sandbox.control(`/chats/${chatId}/promote`, { userId: ann });
    expect(await ban(ann)).toBe('Bad Request: user is an administrator of the chat');
    const restricted = await call('restrictChatMember', { permissions: {} });
    expect(restricted.description).toBe('Bad Request: user is an administrator of the chat');
    expect(await member()).toMatchObject({ status: 'administrator', can_be_edited: false });
  });

  it('cannot be banned, unbanned or restricted without the right', async () => {
    await sandbox.control(`/chats/${chatId}/demote-bot`, { rights: ['invite_users'] });
    for (const method of ['banChatMember', 'unbanChatMember', 'restrictChatMember'] as const) {
      expect(await call(method, { permissions: {} })).toMatchObject({
        error_code: 400,
        description: 'Bad Request: not enough rights to restrict/unrestrict chat member',
      });
    }
  });

  it('may be muted, and are so still when they come back', async () => {
    await call('restrictChatMember', { permissions: { can_send_messages: false } });
    expect(await member()).toMatchObject({ status: 'restricted', is_member: true, can_send_messages: false });
    const write = { text: 'hello', chatId };
    expect((await sandbox.problem(`/users/${ann}/messages`, write)).detail).toContain('not allowed to write');
    await sandbox.control(`/users/${ann}/leave`, { chatId });
    expect(await member()).toMatchObject({ status: 'restricted', is_member: false });
    const { result } = await sandbox.bot('createChatInviteLink', { chat_id: chatId });
    await sandbox.control(`/users/${ann}/open`, { url: result.invite_link });
    expect(await member()).toMatchObject({ status: 'restricted', is_member: true });
  });

  it('are promoted and demoted by a bot that may do so, with no more rights than it has', async () => {
    expect((await call('promoteChatMember', { can_pin_messages: true })).description).toBe(
      'Bad Request: not enough rights',
    );
    await sandbox.control(`/chats/${chatId}/demote-bot`, { rights: [...BOT_RIGHTS, 'promote_members'] });
    expect((await call('promoteChatMember', { can_change_info: true })).description).toBe(
      'Bad Request: RIGHT_FORBIDDEN',
    );
    await call('promoteChatMember', { can_pin_messages: true });
    expect(await member()).toMatchObject({
      status: 'administrator',
      can_pin_messages: true,
      can_be_edited: true,
    });
    await call('promoteChatMember', { can_pin_messages: false });
    expect(await member()).toMatchObject({ status: 'member' });
  });

  it('are strangers until the bot has met them', async () => {
    const stranger = await sandbox.person('Stan');
    const look = () => sandbox.bot('getChatMember', { chat_id: chatId, user_id: stranger });
    expect((await look()).description).toBe('Bad Request: user not found');
    expect((await call('banChatMember', { user_id: stranger })).description).toBe(
      'Bad Request: PARTICIPANT_ID_INVALID',
    );
    await sandbox.control(`/users/${stranger}/messages`, { text: '/start' });
    expect((await look()).result).toMatchObject({ status: 'left', user: { first_name: 'Stan' } });
  });

  it('cannot be looked up once their account is deleted', async () => {
    await sandbox.control(`/users/${ann}/deactivate`, {});
    expect((await call('getChatMember')).description).toBe('Bad Request: member not found');
  });

  it('are listed as administrators and counted', async () => {
    const { result } = await sandbox.bot('getChatAdministrators', { chat_id: chatId });
    expect(result.map((admin) => [admin.user.id, admin.status])).toEqual([
      [ownerId, 'creator'],
      [botId(), 'administrator'],
    ]);
    expect((await sandbox.bot('getChatMemberCount', { chat_id: chatId })).result).toBe(3);
  });

  it('are announced with who did it when human administrators act', async () => {
    const ben = await sandbox.person('Ben');
    await sandbox.control(`/chats/${chatId}/add`, { userId: ben, byId: ownerId });
    await sandbox.control(`/chats/${chatId}/promote`, { userId: ben });
    await sandbox.control(`/chats/${chatId}/ban`, { userId: ann, byId: ben });
    await sandbox.control(`/chats/${chatId}/unban`, { userId: ann, byId: ben });
    await sandbox.control(`/chats/${chatId}/demote`, { userId: ben });
    await sandbox.control(`/users/${ben}/leave`, { chatId });
    expect(await changes()).toEqual([
      [ownerId, 'left', 'member'],
      [ownerId, 'member', 'administrator'],
      [ben, 'member', 'kicked'],
      [ben, 'kicked', 'left'],
      [ownerId, 'administrator', 'member'],
      [ben, 'member', 'left'],
    ]);
  });

  it('change unnoticed by a bot that is no administrator', async () => {
    await sandbox.control(`/chats/${chatId}/demote-bot`, {});
    await sandbox.forgetUpdates();
    await sandbox.control(`/users/${ann}/leave`, { chatId });
    expect(await changes()).toEqual([]);
    expect(await sandbox.seen('message')).toMatchObject([{ left_chat_member: { id: ann } }]);
  });

  describe('of a basic group', () => {
    let groupId: number;

    beforeEach(async () => {
      ({ chatId: groupId } = await sandbox.groupWithBot(BOT_RIGHTS, 'group'));
      await sandbox.control(`/chats/${groupId}/add`, { userId: ann });
    });

    it('are merely removed by a ban', async () => {
      await call('banChatMember', { chat_id: groupId });
      expect((await call('getChatMember', { chat_id: groupId })).result.status).toBe('left');
    });

    it.each<[Method, string]>([
      ['unbanChatMember', 'method is available for supergroup and channel chats only'],
      ['restrictChatMember', 'method is available only for supergroups'],
      ['promoteChatMember', 'method is available for supergroup and channel chats only'],
    ])('know no %s', async (method, why) => {
      expect((await call(method, { chat_id: groupId, permissions: {} })).description).toBe(
        `Bad Request: ${why}`,
      );
    });
  });
});
