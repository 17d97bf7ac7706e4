import { startTestSandbox, type TestSandbox } from './sandbox-client';

describe('people in the sandbox', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
  });

  afterEach(() => sandbox.stop());

  it('are made with the id, name and language they are given', async () => {
    const ann = await sandbox.control('/users', {
      id: 42,
      firstName: 'Ann',
      username: 'ann_lee',
      languageCode: 'ru',
    });
    expect(ann).toMatchObject({
      id: 42,
      firstName: 'Ann',
      username: 'ann_lee',
      languageCode: 'ru',
      started: false,
    });
    expect((await sandbox.control('/users')).users).toHaveLength(1);
    expect(await sandbox.problem('/users', { id: 42, firstName: 'Bob' })).toMatchObject({
      status: 409,
      detail: 'There is somebody with id 42 already.',
    });
  });

  it('press Start behind a link, which opens their private chat', async () => {
    const ann = await sandbox.person('Ann');
    const url = `https://t.me/${sandbox.botUsername}?start=ticket_-42`;
    expect(await sandbox.control(`/users/${ann}/open`, { url })).toMatchObject({
      outcome: 'started',
      chatId: ann,
    });
    expect(await sandbox.seen('message')).toMatchObject([{ from: { id: ann }, text: '/start ticket_-42' }]);
    expect(await sandbox.control(`/users/${ann}`)).toMatchObject({ started: true });
  });

  it.each(['tg://resolve?domain=karmagate_sandbox_bot&start=abc', 't.me/karmagate_sandbox_bot?start=abc'])(
    'know %s as such a link',
    async (url) => {
      const ann = await sandbox.person('Ann');
      expect(await sandbox.control(`/users/${ann}/open`, { url })).toMatchObject({ outcome: 'started' });
    },
  );

  it('bring the bot into their group with the rights the link asks for', async () => {
    const ownerId = await sandbox.person('Olga');
    const { id: chatId } = await sandbox.control('/chats', { title: 'Room', ownerId });
    const url = `https://t.me/${sandbox.botUsername}?startgroup=g1&admin=invite_users+restrict_members+pin_messages`;
    expect(await sandbox.control(`/users/${ownerId}/open`, { url, chatId })).toEqual({
      outcome: 'added',
      chatId,
    });
    const [change] = await sandbox.seen('my_chat_member');
    expect(change).toMatchObject({
      chat: { id: chatId },
      from: { id: ownerId },
      old_chat_member: { status: 'left' },
      new_chat_member: {
        status: 'administrator',
        can_invite_users: true,
        can_restrict_members: true,
        can_pin_messages: true,
        can_delete_messages: false,
      },
    });
    const texts = (await sandbox.seen('message')).map(({ text }) => text);
    expect(texts).toContain(`/start@${sandbox.botUsername} g1`);
  });

  it('cannot make the bot an administrator without being one', async () => {
    const { chatId } = await sandbox.groupWithBot();
    const ann = await sandbox.person('Ann');
    await sandbox.control(`/chats/${chatId}/add`, { userId: ann });
    const url = `https://t.me/${sandbox.botUsername}?startgroup=g1&admin=invite_users`;
    expect(await sandbox.problem(`/users/${ann}/open`, { url, chatId })).toMatchObject({ status: 409 });
  });

  it('follow other links elsewhere', async () => {
    const ann = await sandbox.person('Ann');
    const url = 'https://example.org/';
    expect(await sandbox.control(`/users/${ann}/open`, { url })).toEqual({ outcome: 'elsewhere', url });
    const answer = await sandbox.problem(`/users/${ann}/open`, { url: 'https://t.me/other_bot?start=1' });
    expect(answer.detail).toBe('The sandbox has no @other_bot; its bot is @karmagate_sandbox_bot.');
  });

  it('cannot leave or press where they are not', async () => {
    const { chatId } = await sandbox.groupWithBot();
    const ann = await sandbox.person('Ann');
    for (const [path, body] of [
      ['leave', { chatId }],
      ['messages', { chatId, text: 'x' }],
      ['press', { chatId, messageId: 1, button: 0 }],
    ] as const) {
      expect(await sandbox.problem(`/users/${ann}/${path}`, body)).toMatchObject({
        status: 409,
        detail: 'Ann is not in Inner circle.',
      });
    }
  });

  it('hear in one sentence what was wrong with a control call', async () => {
    const answer = await sandbox.problem('/users', { firstName: '' });
    expect(answer.contentType).toContain('application/problem+json');
    expect(answer).toMatchObject({
      status: 422,
      detail: expect.stringContaining('"firstName" is not right'),
    });
    expect(await sandbox.problem('/users/1/block')).toMatchObject({
      status: 404,
      detail: 'There is no person 1 in the sandbox.',
    });
    expect(await sandbox.problem('/faults', { kind: 'gremlins' })).toMatchObject({ status: 422 });
    const { chatId } = await sandbox.groupWithBot();
    expect(await sandbox.problem(`/chats/${chatId}/add-bot`, { rights: ['fly'] })).toMatchObject({
      detail: 'Telegram knows no right called fly.',
    });
  });

  it('are gone after a reset, while the bot keeps hearing as it asked to', async () => {
    const { chatId } = await sandbox.groupWithBot();
    const lastId = sandbox.world.nextUpdateId;
    await sandbox.control('/reset', {});
    expect((await sandbox.control('/users')).users).toEqual([]);
    expect((await sandbox.control('/chats')).chats).toEqual([]);
    expect((await sandbox.bot('getChat', { chat_id: chatId })).ok).toBe(false);
    const again = await sandbox.groupWithBot();
    const ann = await sandbox.person('Ann');
    await sandbox.control(`/chats/${again.chatId}/add`, { userId: ann });
    expect(await sandbox.seen('chat_member')).toHaveLength(1);
    expect(sandbox.world.updates[0]?.update.update_id).toBe(lastId);
  });
});
