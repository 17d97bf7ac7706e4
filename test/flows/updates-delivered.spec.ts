import { createHmac } from 'node:crypto';
import { startApplication, SECRET_KEY, type TestApplication } from '../support/application';
import type { ApplicationProcess } from '../support/application-process';
import { type Community, startCommunity } from '../support/community';
import { freePort } from '../support/free-port';
import { http } from '../support/http';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

/** As for any work whose process dies. */
const WITHIN_MS = 15_000;

/** Both ways in which Telegram tells of what happens; a bot of its own process, which can be killed. */
describe.each(['polling', 'webhook'])('What Telegram tells by %s', (way) => {
  let app: TestApplication;
  let community: Community;
  let bot: ApplicationProcess;
  let startBot: () => Promise<ApplicationProcess>;
  let endpoint: string;

  beforeAll(async () => {
    app = await startApplication({ ROLES: 'api,worker' });
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    endpoint = `${url}/telegram/webhook`;
    startBot = () =>
      app.spawn({ ROLES: 'bot', PORT: port, ...(way === 'webhook' ? { TELEGRAM_WEBHOOK_URL: url } : {}) });
    bot = await startBot();
    community = await startCommunity(app);
    if (way === 'webhook') {
      await until(() => app.sandbox.world.webhook?.url === endpoint, { what: 'the webhook to be set' });
    }
  }, 60_000);

  afterAll(() => app.stop());

  it('is heard', async () => {
    const someone = await community.people.person('Someone', 'en');
    expect((await app.telegram.ask(someone, '/start')).text).toMatch(/^Hello!/);
    await quiescence(app);
    expect(await app.telegram.inbox(someone)).toHaveLength(1);
  });

  it('is handled by the next process when this one is killed after storing it', async () => {
    const someone = await community.people.person('Someone', 'en');
    await app.telegram.fault({ kind: 'timeout', method: 'sendMessage', chatId: someone, delayMs: 60_000 });
    await app.telegram.act(`users/${someone}/messages`, { text: '/help' });
    await until(async () => (await app.telegram.calls('sendMessage', { chat_id: someone })).length === 1, {
      what: 'the answer to be on its way',
    });
    await until(() => app.sandbox.world.updates.length === 0, { what: 'the update to be acknowledged' });
    await bot.kill();
    const killedAt = performance.now();
    bot = await startBot();
    await app.telegram.hears(someone, /karma/, { timeoutMs: WITHIN_MS - (performance.now() - killedAt) });
    await quiescence(app);
    expect(await app.telegram.inbox(someone)).toHaveLength(1);
  }, 30_000);

  it('while no process runs, is heard by the next', async () => {
    await bot.kill();
    const someone = await community.people.person('Someone', 'en');
    await app.telegram.act(`users/${someone}/messages`, { text: '/start' });
    bot = await startBot();
    await app.telegram.hears(someone, /^Hello!/, { timeoutMs: WITHIN_MS });
    await quiescence(app);
    expect(await app.telegram.inbox(someone)).toHaveLength(1);
  }, 30_000);

  if (way === 'polling') return;

  const deliver = (update: object, secret: string | undefined) =>
    http(endpoint, {
      body: update,
      headers: secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret },
    });
  const update = (updateId: number, userId: number, text: string) => ({
    update_id: updateId,
    message: {
      message_id: 1,
      date: Math.floor(Date.now() / 1000),
      chat: { id: userId, type: 'private', first_name: 'Someone' },
      from: { id: userId, is_bot: false, first_name: 'Someone', language_code: 'en' },
      text,
      entities: [{ type: 'bot_command', offset: 0, length: text.length }],
    },
  });
  const secret = () => app.sandbox.world.webhook!.secret!;

  it('is believed only with the secret that Telegram was given', async () => {
    const someone = await community.people.person('Someone', 'en');
    Object.assign(app.sandbox.world.people.get(someone)!, { started: true, met: true });
    const forged = createHmac('sha256', `${SECRET_KEY}!`).update('telegram webhook').digest('base64url');
    for (const wrong of [undefined, '', 'x', forged, secret().slice(0, -1), `${secret()}x`]) {
      const answer = await deliver(update(900_000_001, someone, '/help'), wrong);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ type: 'urn:karmagate:unauthorized' });
    }
    expect((await deliver({ no: 'update' }, secret())).status).toBe(422);
    expect((await deliver(update(900_000_001, someone, '/help'), secret())).status).toBe(200);
    await app.telegram.hears(someone, /karma/);
    const { rowCount } = await app.pool.query('select from inbox_updates where update_id >= 900000000');
    expect(rowCount).toBe(1);
  });

  it('is handled once, however often it is delivered', async () => {
    const someone = await community.people.person('Someone', 'en');
    Object.assign(app.sandbox.world.people.get(someone)!, { started: true, met: true });
    const twice = update(900_000_002, someone, '/help');
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(twice, secret())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await app.telegram.hears(someone, /karma/);
    expect((await deliver(twice, secret())).status).toBe(200);
    await quiescence(app);
    expect(await app.telegram.inbox(someone)).toHaveLength(1);
  });

  it('is put in its order, also within one second', async () => {
    const group = await community.group({ audiences: [], admitAt: 100, graceHours: 72 }, 'Lounge');
    const { userId } = await community.member('rosa', 0);
    const user = { id: userId, is_bot: false, first_name: 'rosa' };
    const date = Math.floor(Date.now() / 1000) + 60;
    const changed = (updateId: number, status: 'kicked' | 'left') => ({
      update_id: updateId,
      chat_member: {
        chat: { id: group.chatId, type: 'supergroup', title: 'Lounge' },
        from: { id: group.ownerId, is_bot: false, first_name: 'Owner' },
        date,
        old_chat_member: { status: 'member', user },
        new_chat_member: { status, user, until_date: 0 },
      },
    });
    // Put out by a human, who then lifts the ban; the first of the two comes late.
    expect((await deliver(changed(900_000_012, 'left'), secret())).status).toBe(200);
    await quiescence(app);
    expect((await deliver(changed(900_000_011, 'kicked'), secret())).status).toBe(200);
    await quiescence(app);
    const { body } = await app.api<{ groups: { id: number; presence: string }[] }>('/v1/members/rosa', {
      bearer: community.sourceKey,
    });
    expect(body.groups.find(({ id }) => id === group.id)!.presence).toBe('out');
  });
});
