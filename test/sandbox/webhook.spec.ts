import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { startTestSandbox, type TestSandbox } from './sandbox-client';
import { until } from './until';

interface Delivery {
  update: Update;
  secret: string | undefined;
}

describe('the sandbox, delivering to a webhook', () => {
  let sandbox: TestSandbox;
  let receiver: Server;
  let url: string;
  let deliveries: Delivery[];
  let answer: (nth: number) => { status: number; body?: string };

  beforeEach(async () => {
    sandbox = await startTestSandbox({ webhookRetryMs: 20 });
    deliveries = [];
    answer = () => ({ status: 200 });
    receiver = createServer(async (request, response) => {
      const update = JSON.parse(await bodyOf(request)) as Update;
      deliveries.push({
        update,
        secret: request.headers['x-telegram-bot-api-secret-token'] as string | undefined,
      });
      const { status, body } = answer(deliveries.length);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });

  afterEach(async () => {
    await sandbox.stop();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const say = (id: number, text: string) => sandbox.control(`/users/${id}/messages`, { text });
  const texts = () => deliveries.map(({ update }) => update.message?.text);

  it('sends what was waiting and what comes, in order, with the secret', async () => {
    const ann = await sandbox.person('Ann');
    await say(ann, 'before');
    await sandbox.bot('setWebhook', { url, secret_token: 'only_between-us' });
    await say(ann, 'after');
    await until(() => deliveries.length === 2);
    expect(texts()).toEqual(['before', 'after']);
    expect(deliveries.every(({ secret }) => secret === 'only_between-us')).toBe(true);
  });

  it('repeats an update that was not taken, and lets none overtake it', async () => {
    answer = (nth) => ({ status: nth <= 2 ? 500 : 200 });
    const ann = await sandbox.person('Ann');
    await sandbox.bot('setWebhook', { url });
    await say(ann, 'first');
    await say(ann, 'second');
    await until(() => texts().includes('second'));
    expect(texts()).toEqual(['first', 'first', 'first', 'second']);
    await until(async () => (await sandbox.bot('getWebhookInfo')).result.pending_update_count === 0);
    expect((await sandbox.bot('getWebhookInfo')).result).toMatchObject({
      url,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  it('performs the method a webhook answers with', async () => {
    const ann = await sandbox.person('Ann');
    answer = () => ({
      status: 200,
      body: JSON.stringify({ method: 'sendMessage', chat_id: ann, text: 'right away' }),
    });
    await sandbox.bot('setWebhook', { url });
    await say(ann, 'hello');
    await until(async () => (await sandbox.control(`/users/${ann}/inbox`)).messages.length === 1);
  });

  it('lets nobody poll while a webhook is set, and ends the poll that is waiting', async () => {
    const waiting = sandbox.bot('getUpdates', { timeout: 10 });
    await until(async () => (await sandbox.control('/calls?method=getUpdates')).calls.length === 2);
    await sandbox.bot('setWebhook', { url });
    expect(await waiting).toMatchObject({
      error_code: 409,
      description: 'Conflict: terminated by setWebhook request',
    });
    expect(await sandbox.bot('getUpdates')).toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    await sandbox.bot('deleteWebhook');
    expect((await sandbox.bot('getUpdates')).ok).toBe(true);
  });

  it('drops what is pending when asked to', async () => {
    const ann = await sandbox.person('Ann');
    await say(ann, 'lost');
    await sandbox.bot('deleteWebhook', { drop_pending_updates: true });
    expect((await sandbox.bot('getUpdates')).result).toEqual([]);
  });

  it('wants HTTPS, except on this machine, and a plain secret', async () => {
    expect(await sandbox.bot('setWebhook', { url: 'http://example.org/' })).toMatchObject({
      error_code: 400,
    });
    expect(await sandbox.bot('setWebhook', { url: 'nonsense' })).toMatchObject({ error_code: 400 });
    expect(await sandbox.bot('setWebhook', { url, secret_token: 'no spaces' })).toMatchObject({
      description: 'Bad Request: secret token contains unallowed characters',
    });
  });

  it('never shows the secret in the journal', async () => {
    await sandbox.bot('setWebhook', { url, secret_token: 'only_between-us' });
    expect(JSON.stringify(await sandbox.control('/calls'))).not.toContain('only_between-us');
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
