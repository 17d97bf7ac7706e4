import { startTestSandbox, type TestSandbox } from './sandbox-client';

describe("the bot's own settings in the sandbox", () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await startTestSandbox({ token: '77:another-token-for-tests', botUsername: 'another_bot' });
  });

  afterEach(() => sandbox.stop());

  it('say who it is', async () => {
    expect((await sandbox.bot('getMe')).result).toMatchObject({
      id: 77,
      is_bot: true,
      username: 'another_bot',
      can_join_groups: true,
    });
  });

  it('keep a list of commands for each language and scope', async () => {
    const english = [{ command: 'rank', description: 'Where you stand' }];
    const german = [{ command: 'rank', description: 'Wo du stehst' }];
    await sandbox.bot('setMyCommands', { commands: english });
    await sandbox.bot('setMyCommands', { commands: german, language_code: 'de' });
    expect((await sandbox.bot('getMyCommands')).result).toEqual(english);
    expect((await sandbox.bot('getMyCommands', { language_code: 'de' })).result).toEqual(german);
    expect((await sandbox.bot('setMyCommands', { commands: [{ command: 'Bad Name' }] })).description).toBe(
      'Bad Request: BOT_COMMAND_INVALID',
    );
  });

  it('keep the rights it asks for when it is added', async () => {
    const ask = () => sandbox.bot('getMyDefaultAdministratorRights');
    expect((await ask()).result).toMatchObject({ can_manage_chat: false, can_invite_users: false });
    await sandbox.bot('setMyDefaultAdministratorRights', { rights: { can_invite_users: true } });
    expect((await ask()).result).toMatchObject({ can_invite_users: true, can_pin_messages: false });
  });

  it('let it rename a chat only with the right to', async () => {
    const { chatId } = await sandbox.groupWithBot();
    const rename = () => sandbox.bot('setChatTitle', { chat_id: chatId, title: 'Gold members' });
    expect((await rename()).description).toBe('Bad Request: not enough rights to change chat title');
    await sandbox.control(`/chats/${chatId}/demote-bot`, { rights: ['change_info'] });
    expect((await rename()).result).toBe(true);
    expect((await sandbox.bot('getChat', { chat_id: chatId })).result.title).toBe('Gold members');
  });

  it('know the usual chat actions', async () => {
    const { chatId } = await sandbox.groupWithBot();
    const act = (action: string) => sandbox.bot('sendChatAction', { chat_id: chatId, action });
    expect((await act('typing')).result).toBe(true);
    expect((await act('dancing')).description).toBe('Bad Request: wrong parameter action in request');
  });
});
