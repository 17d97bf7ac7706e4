import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity } from '../support/community';
import type { InboxMessage } from '../support/telegram-side';
import { until } from '../support/until';

/** What the bot says, in its two languages. */
const SAID = {
  en: {
    ask: 'Link this Telegram account to Rosa R. on Test Forum? If that is not you, say no',
    yes: 'Yes, that is me',
    no: 'No',
    done: 'Linked. You are Rosa R. on Test Forum now. /chats shows what is open to you.',
    declined: 'Nothing was linked, and that link does not work any more.',
    used: 'This link was used already. Ask Test Forum for a new one.',
    expired: 'This link is too old: links work for one hour. Ask Test Forum for a new one.',
    foreign: 'I do not know this link. Ask your community site for a new one, and open it from there.',
    already:
      'This Telegram account is linked to Rosa R. on Test Forum already. /karma shows where you stand.',
    taken: 'This Telegram account is linked to another member. To move it, send /unlink first',
    other: 'Rosa R. on Test Forum is linked to another Telegram account. Send /unlink there first',
    unlinked: 'Hello! I open private chats to members of a community by their karma.',
    linked: 'Hello, Rosa R.! You have 0 karma.',
  },
  ru: {
    ask: 'Привязать этот аккаунт Telegram к Rosa R. на сайте Test Forum?',
    yes: 'Да, это я',
    no: 'Нет',
    done: 'Готово. Теперь вы — Rosa R. на сайте Test Forum.',
    declined: 'Ничего не привязано, и эта ссылка больше не работает.',
    used: 'Эта ссылка уже использована. Попросите у сайта Test Forum новую.',
    expired: 'Эта ссылка устарела: ссылки действуют один час. Попросите у сайта Test Forum новую.',
    foreign: 'Я не знаю этой ссылки. Попросите у сайта сообщества новую и откройте её оттуда.',
    already: 'Этот аккаунт Telegram уже привязан к Rosa R. на сайте Test Forum.',
    taken:
      'Этот аккаунт Telegram привязан к другому участнику. Чтобы перенести его, сначала отправьте /unlink',
    other: 'К Rosa R. на сайте Test Forum привязан другой аккаунт Telegram. Сначала отправьте /unlink там',
    unlinked: 'Здравствуйте! Я открываю закрытые чаты участникам сообщества по их карме.',
    linked: 'Здравствуйте, Rosa R.! Ваша карма — 0.',
  },
} as const;

let serial = 0;

describe.each(['en', 'ru'] as const)('Linking an account, in the language "%s",', (language) => {
  let app: TestApplication;
  let community: Community;
  const said = SAID[language];

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
  }, 60_000);

  afterAll(() => app.stop());

  const person = () => community.people.person('Somebody', language);
  /** A member of the site called Rosa R.: each time another one. */
  const rosa = async (): Promise<string> => {
    const externalId = `rosa-${++serial}`;
    const body = { displayName: 'Rosa R.' };
    await app.api(`/v1/members/${externalId}`, { method: 'PUT', bearer: community.sourceKey, body });
    return externalId;
  };
  const ticket = async (externalId: string): Promise<string> => {
    const path = `/v1/members/${externalId}/tickets`;
    return (await app.api<{ url: string }>(path, { bearer: community.sourceKey, body: {} })).body.url;
  };
  const open = async (userId: number, url: string): Promise<InboxMessage> => {
    const last = (await app.telegram.inbox(userId)).at(-1)?.id ?? 0;
    await community.people.open(userId, url);
    return app.telegram.hears(userId, /./s, { after: last });
  };
  /** Presses a button of the message and waits for what takes the place of the question. */
  const answer = async (userId: number, { id, text }: InboxMessage, button: string): Promise<string> => {
    await app.telegram.act(`users/${userId}/press`, { messageId: id, button });
    return until(
      async () => {
        const now = (await app.telegram.inbox(userId)).find((message) => message.id === id)?.text;
        return now !== text && now;
      },
      { what: 'the question to be answered' },
    );
  };
  const link = async (userId: number, url: string) => answer(userId, await open(userId, url), said.yes);
  const accounts = async (externalId: string) =>
    (await app.api<{ accounts: unknown[] }>(`/v1/members/${externalId}`, { bearer: community.sourceKey }))
      .body.accounts;

  it('asks first, and links on a yes', async () => {
    const [userId, member] = [await person(), await rosa()];
    expect((await app.telegram.ask(userId, '/start')).text).toContain(said.unlinked);
    const question = await open(userId, await ticket(member));
    expect(question.text).toContain(said.ask);
    expect(question.buttons?.flat().map(({ text }) => text)).toEqual([said.yes, said.no]);
    expect(await accounts(member)).toEqual([]);
    expect(await answer(userId, question, said.yes)).toContain(said.done);
    expect(await accounts(member)).toEqual([
      { platform: 'telegram', displayName: 'Somebody', username: null },
    ]);
    expect((await app.telegram.ask(userId, '/start')).text).toContain(said.linked);
  });

  it('links nothing on a no, and the link is spent', async () => {
    const [userId, member] = [await person(), await rosa()];
    const url = await ticket(member);
    expect(await answer(userId, await open(userId, url), said.no)).toBe(said.declined);
    expect(await accounts(member)).toEqual([]);
    expect((await open(userId, url)).text).toBe(said.used);
    expect((await open(await person(), url)).text).toBe(said.used);
  });

  it('says in a sentence what is wrong with a link', async () => {
    const [userId, member] = [await person(), await rosa()];
    const url = await ticket(member);
    await link(userId, url);
    expect((await open(userId, url)).text).toContain(said.already);
    expect((await open(await person(), url)).text).toBe(said.used);
    expect((await open(userId, await ticket(await rosa()))).text).toContain(said.taken);
    expect((await open(await person(), await ticket(member))).text).toContain(said.other);
    const foreign = `https://t.me/${app.sandbox.botUsername}?start=AAAAAAAAAAAAAAAAAAAAAA`;
    expect((await open(await person(), foreign)).text).toBe(said.foreign);
  });

  it('says that a link is too old after an hour', async () => {
    const userId = await person();
    const [old, fresh] = [await ticket(await rosa()), await ticket(await rosa())];
    app.clock.forward({ minutes: 59 });
    const question = await open(userId, fresh);
    expect(question.text).toContain(said.ask);
    app.clock.forward({ minutes: 2 });
    expect((await open(await person(), old)).text).toBe(said.expired);
    // Also when the question was asked in time.
    expect(await answer(userId, question, said.yes)).toBe(said.expired);
  });

  it('lets one of two people have it who say yes at once', async () => {
    const member = await rosa();
    const url = await ticket(member);
    const people = [await person(), await person()];
    const questions = await Promise.all(people.map((userId) => open(userId, url)));
    const answers = await Promise.all(
      people.map((userId, index) => answer(userId, questions[index]!, said.yes)),
    );
    expect(answers.filter((text) => text.includes(said.done))).toHaveLength(1);
    expect(answers).toContain(said.used);
    expect(await accounts(member)).toHaveLength(1);
  });
});
