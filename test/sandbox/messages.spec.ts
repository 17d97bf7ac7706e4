import { startTestSandbox, type TestSandbox } from './sandbox-client';
import { until } from './until';

describe('messages in the sandbox', () => {
  let sandbox: TestSandbox;
  let ann: number;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    ann = await sandbox.person('Ann');
    await sandbox.control(`/users/${ann}/open`, { url: `https://t.me/${sandbox.botUsername}?start=` });
    await sandbox.forgetUpdates();
  });

  afterEach(() => sandbox.stop());

  const send = (more: object) => sandbox.bot('sendMessage', { chat_id: ann, ...more });
  const inbox = async () => (await sandbox.control(`/users/${ann}/inbox`)).messages;

  it('reach the person, with their formatting', async () => {
    const { result } = await send({
      text: 'Hi <b>Ann &amp; <i>co</i></b>, see <a href="https://example.org/x?a=1&amp;b=2">this</a>',
      parse_mode: 'HTML',
    });
    expect(result).toMatchObject({
      from: { id: sandbox.world.bot.id, is_bot: true },
      chat: { id: ann, type: 'private' },
      text: 'Hi Ann & co, see this',
      entities: [
        { type: 'bold', offset: 3, length: 8 },
        { type: 'italic', offset: 9, length: 2 },
        { type: 'text_link', offset: 17, length: 4, url: 'https://example.org/x?a=1&b=2' },
      ],
    });
    expect(await inbox()).toMatchObject([
      { id: result.message_id, text: 'Hi Ann & co, see this', byBot: true },
    ]);
  });

  it('mention people the bot has met, and nobody else', async () => {
    const stranger = await sandbox.person('Stan');
    const text = `<a href="tg://user?id=${ann}">Ann</a> and <a href="tg://user?id=${stranger}">Stan</a>`;
    const { result } = await send({ text, parse_mode: 'HTML' });
    expect(result.entities).toEqual([
      {
        type: 'text_mention',
        offset: 0,
        length: 3,
        user: expect.objectContaining({ id: ann, first_name: 'Ann' }),
      },
    ]);
  });

  it.each([
    ['<b>open', `Can't find end tag corresponding to start tag "b"`],
    ['<h1>x</h1>', 'Unsupported start tag "h1" at byte offset 0'],
    ['ä <b>x</i>', 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'],
    ['1 < 2', 'Unclosed start tag at byte offset 2'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
  ])('are refused when their HTML is %j', async (text, why) => {
    expect(await send({ text, parse_mode: 'HTML' })).toEqual({
      ok: false,
      error_code: 400,
      description: `Bad Request: can't parse entities: ${why}`,
    });
  });

  it.each([
    [{ text: '  ' }, 'Bad Request: message text is empty'],
    [{}, 'Bad Request: message text is empty'],
    [{ text: 'x'.repeat(4097) }, 'Bad Request: message is too long'],
    [{ text: 'x', parse_mode: 'BBCode' }, 'Bad Request: unsupported parse_mode'],
    [{ text: 'x', reply_parameters: { message_id: 999 } }, 'Bad Request: message to be replied not found'],
    [
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'ü'.repeat(33) }]] } },
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'b', url: 'not a link' }]] } },
      "Bad Request: inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL",
    ],
    [
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'b' }]] } },
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
  ])('are refused when they are %j', async (more, description) => {
    expect(await send(more)).toEqual({ ok: false, error_code: 400, description });
  });

  it('may be sent as a form, with objects as JSON text', async () => {
    const form = new URLSearchParams({
      chat_id: String(ann),
      text: 'from a form',
      reply_markup: JSON.stringify({ inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] }),
    });
    const url = `${sandbox.url}/bot${sandbox.token}/sendMessage`;
    expect(await (await fetch(url, { method: 'POST', body: form })).json()).toMatchObject({ ok: true });
    expect(await (await fetch(`${url}?chat_id=${ann}&text=from+a+query`)).json()).toMatchObject({ ok: true });
    expect(await inbox()).toMatchObject([{ buttons: [[{ text: 'Yes' }]] }, { text: 'from a query' }]);
  });

  it('do not reach who blocked the bot, until they start it again', async () => {
    await sandbox.control(`/users/${ann}/block`, {});
    expect(await send({ text: 'x' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    await sandbox.control(`/users/${ann}/open`, { url: `https://t.me/${sandbox.botUsername}?start=again` });
    expect((await send({ text: 'x' })).ok).toBe(true);
    const changes = await sandbox.seen('my_chat_member');
    expect(changes.map((change) => [change.chat.id, change.new_chat_member.status])).toEqual([
      [ann, 'kicked'],
      [ann, 'member'],
    ]);
  });

  it('do not reach deleted accounts, nor people who never spoke to the bot', async () => {
    await sandbox.control(`/users/${ann}/deactivate`, {});
    expect((await send({ text: 'x' })).description).toBe('Forbidden: user is deactivated');
    const { chatId } = await sandbox.groupWithBot();
    const ben = await sandbox.person('Ben');
    expect((await send({ chat_id: ben, text: 'x' })).description).toBe('Bad Request: chat not found');
    await sandbox.control(`/chats/${chatId}/add`, { userId: ben });
    expect(await send({ chat_id: ben, text: 'x' })).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
  });

  it('can be edited, but not into what they are', async () => {
    const { message_id } = (await send({ text: 'one' })).result;
    const edit = (text: string) => sandbox.bot('editMessageText', { chat_id: ann, message_id, text });
    expect((await edit('two')).result).toMatchObject({
      message_id,
      text: 'two',
      edit_date: expect.any(Number),
    });
    expect((await edit('two')).description).toMatch(/^Bad Request: message is not modified/);
    expect(await inbox()).toMatchObject([{ text: 'two' }]);
    const missing = await sandbox.bot('editMessageText', { chat_id: ann, message_id: 999, text: 'x' });
    expect(missing.description).toBe('Bad Request: message to edit not found');
  });

  it('lose their buttons when they are edited without them', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] };
    const { message_id } = (await send({ text: 'Sure?', reply_markup })).result;
    const strip = () => sandbox.bot('editMessageReplyMarkup', { chat_id: ann, message_id });
    expect((await strip()).result).not.toHaveProperty('reply_markup');
    expect((await strip()).description).toMatch(/message is not modified/);
  });

  it('can be deleted once', async () => {
    const { message_id } = (await send({ text: 'x' })).result;
    const remove = () => sandbox.bot('deleteMessage', { chat_id: ann, message_id });
    expect((await remove()).result).toBe(true);
    expect((await remove()).description).toBe('Bad Request: message to delete not found');
    expect(await inbox()).toEqual([]);
  });

  describe('with buttons', () => {
    let messageId: number;

    beforeEach(async () => {
      const inline_keyboard = [
        [
          { text: '✅ Yes', callback_data: 'yes:1' },
          { text: 'No', callback_data: 'no' },
        ],
        [{ text: 'Site', url: 'http://localhost:3000/me' }],
      ];
      messageId = (await send({ text: 'Sure?', reply_markup: { inline_keyboard } })).result.message_id;
    });

    const press = (button: number | string) => sandbox.control(`/users/${ann}/press`, { messageId, button });
    const query = async () => {
      await until(async () => (await sandbox.seen('callback_query')).length === 1);
      return (await sandbox.seen('callback_query'))[0]!;
    };

    it('hand the press to the bot, and its answer to the person', async () => {
      const pressed = press('Yes');
      const { id, from, data, message } = await query();
      expect({ from: from.id, data, message: message?.message_id }).toEqual({
        from: ann,
        data: 'yes:1',
        message: messageId,
      });
      await sandbox.bot('answerCallbackQuery', { callback_query_id: id, text: 'Linked', show_alert: true });
      expect(await pressed).toEqual({ kind: 'callback', answered: true, text: 'Linked', showAlert: true });
      expect((await sandbox.bot('answerCallbackQuery', { callback_query_id: id })).description).toBe(
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
      );
    });

    it('say so when the bot answers nothing in time', async () => {
      expect(await press(1)).toEqual({ kind: 'callback', answered: false });
      const { id } = await query();
      await sandbox.control('/clock', { advanceSeconds: 61 });
      expect((await sandbox.bot('answerCallbackQuery', { callback_query_id: id })).ok).toBe(false);
    });

    it('open their link', async () => {
      expect(await press('Site')).toMatchObject({ kind: 'url', url: 'http://localhost:3000/me' });
    });

    it('are not there to be pressed under another name', async () => {
      expect(await sandbox.problem(`/users/${ann}/press`, { messageId, button: 'Perhaps' })).toMatchObject({
        status: 404,
        detail: 'That message has no button "Perhaps".',
      });
    });
  });

  describe('in a group', () => {
    it('are heard by an ordinary bot only when they are for it', async () => {
      const { chatId, ownerId } = await sandbox.groupWithBot();
      await sandbox.control(`/chats/${chatId}/demote-bot`, {});
      await sandbox.forgetUpdates();
      const say = (text: string) => sandbox.control(`/users/${ownerId}/messages`, { text, chatId });
      for (const name of ['', '@another_bot', `@${sandbox.botUsername}`]) await say(`/rank${name}`);
      await say('hello');
      const heard = (await sandbox.seen('message')).map(({ text }) => text);
      expect(heard).toEqual(['/rank', `/rank@${sandbox.botUsername}`]);
      await sandbox.control(`/chats/${chatId}/demote-bot`, { rights: [] });
      await sandbox.forgetUpdates();
      await say('hello');
      expect(await sandbox.seen('message')).toHaveLength(1);
    });

    it('are numbered for each supergroup anew', async () => {
      const one = await sandbox.groupWithBot();
      const two = await sandbox.groupWithBot();
      const idIn = async (chat_id: number) => (await send({ chat_id, text: 'x' })).result.message_id;
      expect(await idIn(one.chatId)).toBe(await idIn(two.chatId));
    });
  });
});
