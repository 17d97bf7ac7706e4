import { BOT_RIGHTS, startTestSandbox, type TestSandbox } from './sandbox-client';

describe('a chat the bot cannot reach in the sandbox', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
  });

  afterEach(() => sandbox.stop());

  const send = (chat_id?: number | string) => sandbox.bot('sendMessage', { chat_id, text: 'x' });

  it.each([
    [undefined, 'Bad Request: chat_id is empty'],
    ['', 'Bad Request: chat_id is empty'],
    [-1001, 'Bad Request: chat not found'],
    ['@nobody', 'Bad Request: chat not found'],
    [4242, 'Bad Request: chat not found'],
  ])('is refused as %j', async (chatId, description) => {
    expect(await send(chatId)).toEqual({ ok: false, error_code: 400, description });
  });

  it('is unknown before the bot was ever in it', async () => {
    const ownerId = await sandbox.person('Olga');
    const { id } = await sandbox.control('/chats', { title: 'Elsewhere', ownerId });
    expect((await send(id)).description).toBe('Bad Request: chat not found');
  });

  it.each([
    ['supergroup', 'Forbidden: bot was kicked from the supergroup chat'],
    ['group', 'Forbidden: bot was kicked from the group chat'],
  ])('is a %s it was thrown out of', async (type, description) => {
    const { chatId, ownerId } = await sandbox.groupWithBot(BOT_RIGHTS, type);
    await sandbox.forgetUpdates();
    await sandbox.control(`/chats/${chatId}/remove-bot`, {});
    expect(await send(chatId)).toEqual({ ok: false, error_code: 403, description });
    expect(await sandbox.seen('my_chat_member')).toMatchObject([
      {
        from: { id: ownerId },
        old_chat_member: { status: 'administrator' },
        new_chat_member: { status: 'kicked' },
      },
    ]);
    await sandbox.control(`/chats/${chatId}/add-bot`, { rights: BOT_RIGHTS });
    expect((await send(chatId)).ok).toBe(true);
  });

  it('is a supergroup it left', async () => {
    const { chatId } = await sandbox.groupWithBot();
    expect((await sandbox.bot('leaveChat', { chat_id: chatId })).result).toBe(true);
    expect((await send(chatId)).description).toBe('Forbidden: bot is not a member of the supergroup chat');
  });

  it.each([
    ['supergroup', 'Forbidden: bot was kicked from the supergroup chat'],
    ['group', 'Forbidden: the group chat was deleted'],
  ])('is a deleted %s', async (type, description) => {
    const { chatId } = await sandbox.groupWithBot(BOT_RIGHTS, type);
    await sandbox.control(`/chats/${chatId}/delete`, {});
    expect((await send(chatId)).description).toBe(description);
  });

  it('is a group that became a supergroup, and says which', async () => {
    const { chatId } = await sandbox.groupWithBot(BOT_RIGHTS, 'group');
    const { result: link } = await sandbox.bot('createChatInviteLink', { chat_id: chatId });
    const ann = await sandbox.person('Ann');
    await sandbox.forgetUpdates();
    const { id: newId, bot } = await sandbox.control(`/chats/${chatId}/migrate`, {});
    expect(newId).toBeLessThan(-1_000_000_000_000);
    expect(await send(chatId)).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: newId },
    });
    expect(await sandbox.seen('message')).toMatchObject([
      { chat: { id: chatId, type: 'group' }, migrate_to_chat_id: newId },
      { chat: { id: newId, type: 'supergroup' }, migrate_from_chat_id: chatId },
    ]);
    expect(bot).toMatchObject({ status: 'administrator', rights: { can_invite_users: true } });
    expect((await send(newId)).ok).toBe(true);
    expect(await sandbox.control(`/users/${ann}/open`, { url: link.invite_link })).toMatchObject({
      outcome: 'expired',
      why: 'chat gone',
    });
  });

  it('is any chat, to the wrong token or for an unknown method', async () => {
    const ask = async (path: string) => {
      const response = await fetch(sandbox.url + path);
      return [response.status, ((await response.json()) as { description: string }).description];
    };
    expect(await ask('/bot123456:some-other-token/getMe')).toEqual([401, 'Unauthorized']);
    expect(await ask('/botnonsense/getMe')).toEqual([404, 'Not Found']);
    expect(await ask(`/bot${sandbox.token}/flyToTheMoon`)).toEqual([404, 'Not Found: method not found']);
    expect(await ask(`/bot${sandbox.token}/GETME`)).toEqual([200, undefined]);
  });

  it('is any chat, when the body is no JSON', async () => {
    const response = await fetch(`${sandbox.url}/bot${sandbox.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"chat_id": ',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      ok: false,
      description: "Bad Request: can't parse JSON object",
    });
  });
});
