import { startTestSandbox, type TestSandbox } from './sandbox-client';

describe('pinned messages in the sandbox', () => {
  let sandbox: TestSandbox;
  let chatId: number;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    ({ chatId } = await sandbox.groupWithBot());
    await sandbox.forgetUpdates();
  });

  afterEach(() => sandbox.stop());

  const say = async (text: string): Promise<number> =>
    (await sandbox.bot('sendMessage', { chat_id: chatId, text })).result.message_id;
  const pin = (message_id?: number) =>
    sandbox.bot('pinChatMessage', { chat_id: chatId, message_id, disable_notification: true });
  const unpin = (message_id?: number) => sandbox.bot('unpinChatMessage', { chat_id: chatId, message_id });
  const pinned = async () =>
    (await sandbox.control(`/chats/${chatId}`)).pins.map(({ text }: { text: string }) => text);

  it('stay in the order they were pinned, and the chat shows the one sent last', async () => {
    const [first, second] = [await say('first'), await say('second')];
    await pin(second);
    await pin(first);
    expect(await pinned()).toEqual(['second', 'first']);
    const { result } = await sandbox.bot('getChat', { chat_id: chatId });
    expect(result.pinned_message).toMatchObject({ message_id: second, text: 'second' });
  });

  it('are announced in the chat, to the bot too', async () => {
    const id = await say('1000 karma!');
    await pin(id);
    expect(await sandbox.seen('message')).toMatchObject([
      { from: { id: sandbox.world.bot.id }, pinned_message: { message_id: id, text: '1000 karma!' } },
    ]);
  });

  it('go by name, or the one sent last without one, or all', async () => {
    for (const text of ['one', 'two', 'three']) await pin(await say(text));
    const [one] = (await sandbox.control(`/chats/${chatId}`)).pins;
    await unpin(one?.messageId);
    expect(await pinned()).toEqual(['two', 'three']);
    await unpin();
    expect(await pinned()).toEqual(['two']);
    await sandbox.bot('unpinAllChatMessages', { chat_id: chatId });
    expect(await pinned()).toEqual([]);
  });

  it("are refused in Telegram's words", async () => {
    expect((await pin(999)).description).toBe('Bad Request: message to pin not found');
    expect((await pin()).description).toBe('Bad Request: message to pin not found');
    expect((await unpin(999)).description).toBe('Bad Request: message to unpin not found');
    expect((await unpin()).description).toBe('Bad Request: message to unpin not found');
    const id = await say('x');
    expect((await unpin(id)).description).toBe('Bad Request: CHAT_NOT_MODIFIED');
    await pin(id);
    expect((await pin(id)).description).toBe('Bad Request: CHAT_NOT_MODIFIED');
    // The note about the pin is the newest message; notes cannot be pinned.
    expect((await pin(id + 1)).description).toBe("Bad Request: service messages can't be pinned");
  });

  it('go with the message when it is deleted', async () => {
    const id = await say('x');
    await pin(id);
    await sandbox.bot('deleteMessage', { chat_id: chatId, message_id: id });
    expect(await pinned()).toEqual([]);
  });

  it('need the right in groups, and none in a private chat', async () => {
    const id = await say('x');
    await sandbox.control(`/chats/${chatId}/demote-bot`, { rights: ['invite_users'] });
    for (const method of ['pinChatMessage', 'unpinChatMessage', 'unpinAllChatMessages'] as const) {
      expect((await sandbox.bot(method, { chat_id: chatId, message_id: id })).description).toBe(
        'Bad Request: not enough rights to manage pinned messages in the chat',
      );
    }
    const ann = await sandbox.person('Ann');
    const { id: hello } = await sandbox.control(`/users/${ann}/messages`, { text: 'hello' });
    expect((await sandbox.bot('pinChatMessage', { chat_id: ann, message_id: hello })).result).toBe(true);
  });

  it('leave those of humans alone when the bot unpins its own', async () => {
    await sandbox.control(`/chats/${chatId}/pin`, { text: 'House rules' });
    const id = await say('news');
    await pin(id);
    await unpin(id);
    expect(await pinned()).toEqual(['House rules']);
  });
});
