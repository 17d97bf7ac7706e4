import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity } from '../support/community';
import { plantCrowd } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import type { Call } from '../support/telegram-side';
import { until } from '../support/until';

const RETRY_AFTER = 5;

describe('When Telegram says 429 with retry_after', () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication({ ROLES: 'api,bot', TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
    await community.group({ audiences: [], admitAt: 100, graceHours: 72 }, 'Lounge');
  }, 60_000);

  afterAll(() => app.stop());

  const flooded = async (userId: number): Promise<Call> => {
    const [call] = await until(
      async () => {
        const calls = await app.telegram.calls('sendMessage', { chat_id: userId });
        return calls.some(({ status }) => status === 429) && calls.filter(({ status }) => status === 429);
      },
      { what: 'the refusal' },
    );
    return call!;
  };
  const later = async (userId: number, { at }: Call) =>
    (await app.telegram.calls('sendMessage', { chat_id: userId })).filter((call) => call.at > at);

  it('no process writes to that chat before, also not one that was started since; other chats are served', async () => {
    const [rosa, tim] = await plantCrowd(app, community, ['rosa', 'tim']);
    const workers = [await app.replica({ ROLES: 'worker' }), await app.replica({ ROLES: 'worker' })];
    await app.telegram.fault({
      kind: 'flood',
      method: 'sendMessage',
      chatId: rosa!.userId,
      retryAfter: RETRY_AFTER,
    });
    await community.earn('rosa', 100);
    const refusal = await flooded(rosa!.userId);

    await community.earn('tim', 100);
    await app.telegram.hears(tim!.userId, /The door to Lounge/, { timeoutMs: 3000 });
    await Promise.all(workers.map((worker) => worker.stop()));
    await app.replica({ ROLES: 'worker' });
    // The bot, in another process than the workers, is asked for something as well.
    await app.telegram.act(`users/${rosa!.userId}/messages`, { text: '/karma' });

    await app.telegram.hears(rosa!.userId, /The door to Lounge/);
    await app.telegram.hears(rosa!.userId, /you have 100 karma/);
    const calls = await later(rosa!.userId, refusal);
    expect(calls).toHaveLength(2);
    for (const { at } of calls) expect(at - refusal.at).toBeGreaterThanOrEqual(RETRY_AFTER * 1000);
    await quiescence(app);
  }, 30_000);

  it('in two chats at once, nothing at all is sent before', async () => {
    const [uma, vera, will] = await plantCrowd(app, community, ['uma', 'vera', 'will']);
    for (const chatId of [uma!.userId, vera!.userId]) {
      await app.telegram.fault({ kind: 'flood', method: 'sendMessage', chatId, retryAfter: RETRY_AFTER });
    }
    await Promise.all([community.earn('uma', 100), community.earn('vera', 100)]);
    const refusals = [await flooded(uma!.userId), await flooded(vera!.userId)];
    const heldAt = Math.max(...refusals.map(({ at }) => at));
    await community.earn('will', 100);
    await app.telegram.hears(will!.userId, /The door to Lounge/);
    const sent = (await app.telegram.calls('sendMessage')).filter(({ at }) => at > heldAt);
    expect(sent.length).toBeGreaterThan(0);
    for (const { at } of sent) expect(at - heldAt).toBeGreaterThanOrEqual(RETRY_AFTER * 1000);
    await quiescence(app);
  }, 30_000);
});
