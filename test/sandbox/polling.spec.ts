import type { Update } from '@grammyjs/types';
import { EVERY_UPDATE, startTestSandbox, type TestSandbox } from './sandbox-client';

describe('the sandbox, asked for updates', () => {
  let sandbox: TestSandbox;
  let ann: number;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    ann = await sandbox.person('Ann', { languageCode: 'de' });
  });

  afterEach(() => sandbox.stop());

  const say = (text: string) => sandbox.control(`/users/${ann}/messages`, { text });
  const texts = (updates: Update[]) => updates.map((update) => update.message?.text);
  const idOf = (update: Update | undefined) => update?.update_id ?? 0;

  it('delivers an update again and again until a higher one is asked for', async () => {
    await say('one');
    await say('two');
    const first = await sandbox.bot('getUpdates');
    const again = await sandbox.bot('getUpdates', { offset: idOf(first.result[0]) });
    expect(texts(first.result)).toEqual(['one', 'two']);
    expect(texts(again.result)).toEqual(['one', 'two']);
    const rest = await sandbox.bot('getUpdates', { offset: idOf(first.result[1]) });
    expect(texts(rest.result)).toEqual(['two']);
    const none = await sandbox.bot('getUpdates', { offset: idOf(first.result[1]) + 1 });
    expect(none.result).toEqual([]);
  });

  it('says who wrote, in which language, and marks commands', async () => {
    await say('/start abc');
    const [update] = (await sandbox.bot('getUpdates')).result;
    expect(update?.message).toMatchObject({
      from: { id: ann, is_bot: false, first_name: 'Ann', language_code: 'de' },
      chat: { id: ann, type: 'private', first_name: 'Ann' },
      text: '/start abc',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    });
  });

  it('answers at most as many updates as asked for', async () => {
    for (const text of ['one', 'two', 'three']) await say(text);
    expect(texts((await sandbox.bot('getUpdates', { limit: 2 })).result)).toEqual(['one', 'two']);
  });

  it('answers one at a time to a bot that hurries with the same offset', async () => {
    for (const text of ['one', 'two', 'three']) await say(text);
    await sandbox.bot('getUpdates', { offset: 5 });
    expect((await sandbox.bot('getUpdates', { offset: 5 })).result).toHaveLength(1);
  });

  it('keeps only the last ones when the offset is negative', async () => {
    for (const text of ['one', 'two', 'three']) await say(text);
    expect(texts((await sandbox.bot('getUpdates', { offset: -1 })).result)).toEqual(['three']);
    expect(texts((await sandbox.bot('getUpdates')).result)).toEqual(['three']);
  });

  it('holds a long poll until something happens', async () => {
    const poll = sandbox.bot('getUpdates', { timeout: 10 });
    await say('at last');
    expect(texts((await poll).result)).toEqual(['at last']);
  });

  it('ends a long poll with nothing when its time is over', async () => {
    const before = performance.now();
    const answer = await sandbox.bot('getUpdates', { timeout: 1 });
    expect(answer.result).toEqual([]);
    expect(performance.now() - before).toBeGreaterThan(900);
  });

  it('turns the older of two pollers away', async () => {
    const older = sandbox.bot('getUpdates', { timeout: 10 });
    await untilPolling(sandbox, 2);
    const newer = sandbox.bot('getUpdates', { timeout: 10 });
    expect(await older).toMatchObject({
      ok: false,
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    await say('for the newer one');
    expect(texts((await newer).result)).toEqual(['for the newer one']);
  });

  it('tells of membership changes only to a bot that asked for them by name', async () => {
    const { chatId, ownerId } = await sandbox.groupWithBot();
    await sandbox.bot('getUpdates', { allowed_updates: [] });
    await sandbox.forgetUpdates();
    await sandbox.control(`/chats/${chatId}/add`, { userId: ann });
    expect(await sandbox.seen('chat_member')).toEqual([]);
    expect(await sandbox.seen('message')).toHaveLength(1);

    await sandbox.bot('getUpdates', { allowed_updates: EVERY_UPDATE });
    // Not given means as before: the list stays from call to call.
    await sandbox.bot('getUpdates', { timeout: 0 });
    await sandbox.control(`/chats/${chatId}/ban`, { userId: ann, byId: ownerId });
    expect(await sandbox.seen('chat_member')).toHaveLength(1);
  });

  it('leaves out kinds that the bot did not list', async () => {
    await sandbox.bot('getUpdates', { allowed_updates: ['callback_query'] });
    await say('unheard');
    expect((await sandbox.bot('getUpdates')).result).toEqual([]);
  });

  it('forgets updates that nobody fetched for a day', async () => {
    await say('old');
    await sandbox.control('/clock', { advanceSeconds: 24 * 3600 + 1 });
    await say('new');
    expect(texts((await sandbox.bot('getUpdates')).result)).toEqual(['new']);
  });
});

async function untilPolling(sandbox: TestSandbox, calls: number): Promise<void> {
  const deadline = performance.now() + 5_000;
  while ((await sandbox.control('/calls?method=getUpdates')).calls.length < calls) {
    if (performance.now() > deadline) throw new Error('the poll did not arrive');
  }
}
