import { startTestSandbox, type TestSandbox } from './sandbox-client';

describe('what goes wrong on request in the sandbox', () => {
  let sandbox: TestSandbox;
  let ann: number;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    ann = await sandbox.person('Ann');
    await sandbox.control(`/users/${ann}/messages`, { text: '/start' });
  });

  afterEach(() => sandbox.stop());

  const send = (signal?: AbortSignal) =>
    fetch(`${sandbox.url}/bot${sandbox.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: ann, text: 'x' }),
      signal: signal ?? null,
    });
  const fault = (body: object) => sandbox.control('/faults', body);
  const received = async () => (await sandbox.control(`/users/${ann}/inbox`)).messages.length;

  it('is an error, as often as asked for', async () => {
    await fault({ kind: 'error', times: 2 });
    expect((await sandbox.control('/faults')).faults).toMatchObject([{ kind: 'error', times: 2 }]);
    for (const expected of [500, 500, 200]) expect((await send()).status).toBe(expected);
    expect(await received()).toBe(1);
    expect((await sandbox.control('/faults')).faults).toEqual([]);
  });

  it('is an error with its own code and words', async () => {
    await fault({ kind: 'error', code: 400, description: 'Bad Request: USER_CHANNELS_TOO_MUCH' });
    expect(await (await send()).json()).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: USER_CHANNELS_TOO_MUCH',
    });
  });

  it('is a flood with its waiting time', async () => {
    await fault({ kind: 'flood', retryAfter: 17 });
    expect(await (await send()).json()).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 17',
      parameters: { retry_after: 17 },
    });
  });

  it('is a reply that is lost after the thing was done', async () => {
    await fault({ kind: 'lostReply' });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(await received()).toBe(1);
  });

  it('is a connection that breaks before the thing was done', async () => {
    await fault({ kind: 'reset' });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(await received()).toBe(0);
  });

  it('is silence, until the caller has had enough', async () => {
    await fault({ kind: 'timeout' });
    await expect(send(AbortSignal.timeout(80))).rejects.toThrow(/timeout/);
    expect(await received()).toBe(0);
    expect((await send()).status).toBe(200);
  });

  it('is an answer that comes late', async () => {
    await fault({ kind: 'slow', delayMs: 120 });
    const before = performance.now();
    expect((await send()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(100);
  });

  it('is a page where JSON should be', async () => {
    await fault({ kind: 'badBody', code: 403 });
    const response = await send();
    expect(response.status).toBe(403);
    await expect(response.json()).rejects.toThrow(/not valid JSON/);
    expect(await received()).toBe(0);
  });

  it('hits only the method and the chat it is meant for', async () => {
    await fault({ kind: 'error', method: 'banChatMember' });
    await fault({ kind: 'error', chatId: 4242 });
    expect((await send()).status).toBe(200);
    expect((await sandbox.bot('banChatMember', { chat_id: 1 })).error_code).toBe(500);
  });

  it('spares getUpdates unless it is named', async () => {
    await fault({ kind: 'error' });
    expect((await sandbox.bot('getUpdates')).ok).toBe(true);
    expect((await send()).status).toBe(500);
    await fault({ kind: 'error', method: 'getUpdates', code: 502 });
    expect((await sandbox.bot('getUpdates')).error_code).toBe(502);
  });

  it('can be called off', async () => {
    await fault({ kind: 'error', times: 100 });
    await sandbox.control('/faults', undefined, 'DELETE');
    expect((await send()).status).toBe(200);
  });

  it('is told in the journal beside what was asked and answered', async () => {
    await sandbox.control('/calls', undefined, 'DELETE');
    const before = performance.timeOrigin + performance.now();
    await fault({ kind: 'flood' });
    await send();
    await send();
    await sandbox.bot('getMe');
    const { calls } = await sandbox.control('/calls?method=sendMessage');
    expect(calls).toMatchObject([
      { method: 'sendMessage', params: { chat_id: ann, text: 'x' }, status: 429, fault: 'flood' },
      { method: 'sendMessage', status: 200, answer: { ok: true } },
    ]);
    const [first, second] = calls.map(({ at }) => at) as [number, number];
    expect(first).toBeGreaterThan(before);
    expect(second).toBeGreaterThan(first);
    expect((await sandbox.control(`/calls?since=${second}`)).calls).toHaveLength(2);
    expect(JSON.stringify(calls)).not.toContain(sandbox.token);
  });

  describe("with Telegram's limits switched on", () => {
    let still: TestSandbox;

    // The clock stands still but for what a test moves it, so that a slow machine gives no tokens away.
    beforeEach(async () => {
      still = await startTestSandbox({ clock: () => 1_800_000_000_000 });
      await still.control('/limits', { on: true });
    });

    afterEach(() => still.stop());

    const sendTo = (chat_id: number) => still.bot('sendMessage', { chat_id, text: 'x' });
    const second = () => still.control('/clock', { advanceSeconds: 1 });
    const started = async (name: string) => {
      const id = await still.person(name);
      await still.control(`/users/${id}/messages`, { text: '/start' });
      return id;
    };

    it('is too many messages to one chat', async () => {
      const id = await started('Ann');
      const allowed: boolean[] = [];
      for (let i = 0; i < 5; i++) allowed.push((await sendTo(id)).ok);
      expect(allowed).toEqual([true, true, true, false, false]);
      await second();
      expect((await sendTo(id)).ok).toBe(true);
    });

    it('is more than twenty messages a minute to one group', async () => {
      const { chatId } = await still.groupWithBot();
      const waits: number[] = [];
      for (let i = 0; i < 40; i++) {
        await second();
        waits.push((await sendTo(chatId)).parameters?.retry_after ?? 0);
      }
      expect(waits.slice(0, 20)).toEqual(Array(20).fill(0));
      expect(Math.max(...waits)).toBeGreaterThan(1);
    });

    it('is more than thirty messages a second in all', async () => {
      const answers = [];
      for (let i = 0; i < 31; i++) answers.push(await sendTo(await started(`P${i}`)));
      expect(answers.slice(0, 30).every(({ ok }) => ok)).toBe(true);
      expect(answers[30]).toEqual({
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 1',
        parameters: { retry_after: 1 },
      });
    });

    it('is nothing any more once they are switched off', async () => {
      const id = await started('Ann');
      await still.control('/limits', { on: false });
      for (let i = 0; i < 40; i++) expect((await sendTo(id)).ok).toBe(true);
    });
  });
});
