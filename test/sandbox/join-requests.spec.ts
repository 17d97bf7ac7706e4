import { startTestSandbox, type TestSandbox } from './sandbox-client';

describe('join requests in the sandbox', () => {
  let sandbox: TestSandbox;
  let chatId: number;
  let ownerId: number;
  let ann: number;
  let url: string;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    ({ chatId, ownerId } = await sandbox.groupWithBot());
    ann = await sandbox.person('Ann');
    const made = await sandbox.bot('createChatInviteLink', { chat_id: chatId, creates_join_request: true });
    url = made.result.invite_link;
    await sandbox.forgetUpdates();
  });

  afterEach(() => sandbox.stop());

  const ask = (id = ann) => sandbox.control(`/users/${id}/open`, { url });
  const about = (id = ann) => ({ chat_id: chatId, user_id: id });
  const status = async () => (await sandbox.bot('getChatMember', about())).result.status;

  it('tells the bot who asks and how to write to them', async () => {
    expect(await ask()).toEqual({ outcome: 'requested', chatId });
    expect(await sandbox.seen('chat_join_request')).toMatchObject([
      {
        chat: { id: chatId, type: 'supergroup' },
        from: { id: ann },
        user_chat_id: ann,
        invite_link: { invite_link: url },
      },
    ]);
    expect(await status()).toBe('left');
  });

  it('makes one request of asking twice', async () => {
    await ask();
    expect(await ask()).toEqual({ outcome: 'requested', chatId });
    expect(await sandbox.seen('chat_join_request')).toHaveLength(1);
  });

  it('lets them in when approved, naming the link', async () => {
    await ask();
    expect(await sandbox.bot('approveChatJoinRequest', about())).toEqual({ ok: true, result: true });
    expect(await status()).toBe('member');
    const [change] = await sandbox.seen('chat_member');
    expect(change).toMatchObject({
      new_chat_member: { status: 'member' },
      invite_link: { invite_link: url },
    });
    expect(change).not.toHaveProperty('via_join_request');
  });

  it('marks those who asked without a link', async () => {
    await sandbox.control(`/users/${ann}/ask`, { chatId });
    await sandbox.bot('approveChatJoinRequest', about());
    const [change] = await sandbox.seen('chat_member');
    expect(change).toMatchObject({ via_join_request: true });
    expect(change).not.toHaveProperty('invite_link');
  });

  it('bans nobody by declining: they may ask again', async () => {
    await ask();
    expect((await sandbox.bot('declineChatJoinRequest', about())).result).toBe(true);
    expect(await sandbox.seen('chat_member')).toEqual([]);
    await ask();
    expect(await sandbox.seen('chat_join_request')).toHaveLength(2);
  });

  it('says so when there is no request, or none any more', async () => {
    for (const method of ['approveChatJoinRequest', 'declineChatJoinRequest'] as const) {
      expect(await sandbox.bot(method, about())).toMatchObject({
        error_code: 400,
        description: 'Bad Request: HIDE_REQUESTER_MISSING',
      });
    }
    await ask();
    await sandbox.control(`/chats/${chatId}/decline`, { userId: ann });
    expect((await sandbox.bot('approveChatJoinRequest', about())).description).toContain(
      'HIDE_REQUESTER_MISSING',
    );
  });

  it('says so when they are in already', async () => {
    await ask();
    await sandbox.control(`/chats/${chatId}/approve`, { userId: ann, byId: ownerId });
    expect((await sandbox.bot('approveChatJoinRequest', about())).description).toBe(
      'Bad Request: USER_ALREADY_PARTICIPANT',
    );
  });

  it('drops the request when an administrator adds the person by hand', async () => {
    await ask();
    await sandbox.control(`/chats/${chatId}/add`, { userId: ann });
    expect((await sandbox.control(`/chats/${chatId}`)).requests).toEqual([]);
  });

  it('lets the bot write to a stranger for five minutes after they asked', async () => {
    const write = () => sandbox.bot('sendMessage', { chat_id: ann, text: 'You miss 20 karma.' });
    expect((await write()).description).toBe('Bad Request: chat not found');
    await ask();
    expect((await write()).ok).toBe(true);
    await sandbox.control('/clock', { advanceSeconds: 301 });
    expect(await write()).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
  });

  it('closes that window when the request is answered', async () => {
    await ask();
    await sandbox.bot('declineChatJoinRequest', about());
    expect((await sandbox.bot('sendMessage', { chat_id: ann, text: 'x' })).error_code).toBe(403);
  });

  it('needs the right to invite, to hear of requests and to answer them', async () => {
    await sandbox.control(`/chats/${chatId}/demote-bot`, { rights: ['restrict_members'] });
    await ask();
    expect(await sandbox.seen('chat_join_request')).toEqual([]);
    expect((await sandbox.bot('approveChatJoinRequest', about())).description).toBe(
      'Bad Request: not enough rights to manage chat join requests',
    );
  });

  it('cannot let in a deleted account, or one that never was', async () => {
    await ask();
    await sandbox.control(`/users/${ann}/deactivate`, {});
    expect((await sandbox.bot('approveChatJoinRequest', about())).description).toBe(
      'Bad Request: INPUT_USER_DEACTIVATED',
    );
    expect((await sandbox.bot('approveChatJoinRequest', about(4242))).description).toBe(
      'Bad Request: USER_ID_INVALID',
    );
  });

  describe('when the bot is the guard of the chat', () => {
    beforeEach(async () => {
      await sandbox.control(`/chats/${chatId}/guard`, { on: true });
      await ask();
    });

    const queryId = async () => (await sandbox.seen('chat_join_request'))[0]?.query_id;
    const answer = async (result: string) =>
      sandbox.bot('answerChatJoinRequestQuery', { chat_join_request_query_id: await queryId(), result });

    it('may be answered at once', async () => {
      expect((await answer('approve')).result).toBe(true);
      expect(await status()).toBe('member');
      expect((await answer('approve')).ok).toBe(false);
    });

    it('stays open when queued, for an answer the usual way', async () => {
      await answer('queue');
      expect(await status()).toBe('left');
      expect((await sandbox.bot('approveChatJoinRequest', about())).ok).toBe(true);
    });

    it('is too late after ten seconds', async () => {
      await sandbox.control('/clock', { advanceSeconds: 11 });
      expect((await answer('approve')).description).toContain('query is too old');
    });
  });
});
