import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

describe('A member asks the bot', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;
  let attic: TestGroup;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, keepAt: 50, graceHours: 72 }, 'Lounge');
    attic = await community.group({ audiences: [], admitAt: 1000, graceHours: 72 }, 'Attic');
    await community.group({ audiences: ['webmasters'], admitAt: 10, graceHours: 72 }, 'Workshop');
  }, 60_000);

  afterAll(() => app.stop());

  const ask = (userId: number, text: string) => app.telegram.ask(userId, text);
  const answered = async (userId: number, id: number, pattern: RegExp) =>
    until(
      async () => (await app.telegram.inbox(userId)).some((one) => one.id === id && pattern.test(one.text)),
      {
        what: `the question to become ${pattern}`,
      },
    );

  it('/karma: the balance, and for each chat how far it is', async () => {
    const { userId } = await community.member('rosa', 250);
    await app.telegram.hears(userId, /The door to Lounge/);
    expect((await ask(userId, '/karma')).text).toBe(
      [
        'rosa, you have 250 karma.',
        'Lounge: open to you. /chats has the button.',
        'Attic: 250 of 1,000, 750 points to go.\n███░░░░░░░░░ 25 %',
      ].join('\n\n'),
    );
    await community.people.press(userId, /^Join/);
    await community.standing('rosa', lounge.id, 'in');
    await community.earn('rosa', -201);
    await community.standing('rosa', lounge.id, 'at_risk');
    await app.telegram.hears(userId, /Your karma has fallen/);
    expect((await ask(userId, '/karma')).text).toMatch(
      /^rosa, you have 49 karma\.\n\nLounge: at risk until .+ UTC ⚠️ You have 49 of 50 karma: one point to go\.\n\nAttic: 49 of 1,000/,
    );
    await community.earn('rosa', 10_000);
    await app.telegram.hears(userId, /The door to Attic/);
    expect((await ask(userId, '/karma')).text).toMatch(/Lounge: you are in ✅\n\nAttic: open to you/);
  });

  it('/chats: a button for each chat that is open and not entered yet', async () => {
    const { userId } = await community.member('tim', 99);
    expect((await ask(userId, '/chats')).text).toMatch(/^Nothing is open to you yet/);
    await community.earn('tim', 901);
    const links = [await app.telegram.joinLink(lounge.chatId), await app.telegram.joinLink(attic.chatId)];
    await quiescence(app);
    const { text, buttons } = await ask(userId, '/chats');
    expect(text).toBe('What is open to you:');
    expect(buttons).toEqual([
      [{ text: 'Join Lounge', url: links[0] }],
      [{ text: 'Join Attic', url: links[1] }],
    ]);
    await community.people.open(userId, links[0]!);
    await community.standing('tim', lounge.id, 'in');
    expect((await ask(userId, '/chats')).buttons).toEqual([[{ text: 'Join Attic', url: links[1] }]]);
    await community.people.open(userId, links[1]!);
    await community.standing('tim', attic.id, 'in');
    expect((await ask(userId, '/chats')).text).toBe('You are in every chat that is open to you.');
  });

  it('/unlink: asks first; a yes closes what was open, without grace', async () => {
    const { userId } = await community.member('uma', 100);
    await community.people.press(userId, /^Join Lounge/);
    await community.standing('uma', lounge.id, 'in');
    const kept = await ask(userId, '/unlink');
    expect(kept.text).toBe(
      'Unlink this Telegram account from uma? You will be removed from the chats that your karma opened.',
    );
    await app.telegram.act(`users/${userId}/press`, { messageId: kept.id, button: 'No, keep it' });
    await answered(userId, kept.id, /^Nothing has changed/);
    expect(await app.telegram.isIn(lounge.chatId, userId)).toBe(true);

    const question = await ask(userId, '/unlink');
    await app.telegram.act(`users/${userId}/press`, { messageId: question.id, button: 'Yes, unlink' });
    await answered(userId, question.id, /^Unlinked\./);
    await until(async () => (await app.telegram.status(lounge.chatId, userId)) === 'left', {
      what: 'uma to be removed',
    });
    await quiescence(app);
    expect((await ask(userId, '/karma')).text).toMatch(/^This Telegram account is not linked yet/);
  });

  it('/language: and is spoken to in it from then on', async () => {
    const { userId } = await community.member('vera', 0);
    const question = await ask(userId, '/language');
    expect(question.buttons?.flat().map(({ text }) => text)).toEqual(['English', 'Русский']);
    await app.telegram.act(`users/${userId}/press`, { messageId: question.id, button: 'Русский' });
    await answered(userId, question.id, /^Теперь я говорю с вами по-русски/);
    expect((await ask(userId, '/karma')).text).toMatch(/^vera, ваша карма — 0\./);
    await community.earn('vera', 100);
    await app.telegram.hears(userId, /Дверь в «Lounge» для вас открыта/);
    expect((await app.telegram.inbox(userId)).at(-1)!.buttons).toMatchObject([
      [{ text: 'Войти в «Lounge»' }],
    ]);
  });

  it('/help, or anything else: what the bot can do, in the language of their app', async () => {
    const help = await ask(await community.people.person('English', 'en'), '/help');
    expect(help.text).toMatch(/\/karma: .*\/chats: .*\/language: .*\/unlink: .*\/help: /s);
    expect((await ask(await community.people.person('Русская', 'ru'), 'привет')).text).toMatch(
      /^Я открываю закрытые чаты/,
    );
    expect((await ask(await community.people.person('Deutsch', 'de'), 'hallo')).text).toBe(help.text);
  });

  it('without an account being linked: every command says how to link one', async () => {
    const stranger = await community.people.person('Stranger', 'en');
    for (const command of ['/karma', '/chats', '/unlink', '/language']) {
      expect((await ask(stranger, command)).text).toMatch(/^This Telegram account is not linked yet/);
    }
  });

  it('in a group: nothing, because what it would say is nobody else’s business', async () => {
    const { userId } = await community.member('will', 100);
    await community.people.press(userId, /^Join Lounge/);
    await community.standing('will', lounge.id, 'in');
    await quiescence(app);
    const before = [
      (await app.telegram.calls('sendMessage')).length,
      (await app.telegram.inbox(userId)).length,
    ];
    for (const text of [
      '/karma',
      '/chats',
      '/unlink',
      '/language',
      '/help',
      '/start',
      `/karma@${app.sandbox.botUsername}`,
      'hello',
    ]) {
      await app.telegram.act(`users/${userId}/messages`, { text, chatId: lounge.chatId });
    }
    await quiescence(app);
    const { rows } = await app.pool.query<{ heard: number }>(
      `select count(*)::integer as heard from inbox_updates where payload->'message'->'chat'->>'id' = $1
         and payload->'message'->>'text' is not null`,
      [String(lounge.chatId)],
    );
    expect(rows[0]!.heard).toBeGreaterThanOrEqual(8);
    expect([
      (await app.telegram.calls('sendMessage')).length,
      (await app.telegram.inbox(userId)).length,
    ]).toEqual(before);
  });
});
