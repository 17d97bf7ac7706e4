import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFromEnvironment } from '../../sandbox/start-from-environment';
import { startTestSandbox } from './sandbox-client';

describe('a sandbox that is stopped and started', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'karmagate-sandbox-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('finds its chats, people, links and waiting updates again', async () => {
    const statePath = join(folder, 'deep', 'sandbox.json');
    const first = await startTestSandbox({ statePath });
    const { chatId } = await first.groupWithBot();
    const { result: link } = await first.bot('createChatInviteLink', { chat_id: chatId, member_limit: 1 });
    const ann = await first.person('Ann');
    await first.control(`/users/${ann}/open`, { url: link.invite_link });
    const before = await first.control(`/chats/${chatId}`);
    const waiting = structuredClone(first.world.updates);
    await first.stop();

    const second = await startTestSandbox({ statePath });
    try {
      expect(await second.control(`/chats/${chatId}`)).toEqual(before);
      expect(second.world.updates).toEqual(waiting);
      const ben = await second.person('Ben');
      expect(ben).not.toBe(ann);
      expect(await second.control(`/users/${ben}/open`, { url: link.invite_link })).toMatchObject({
        why: 'full',
      });
    } finally {
      await second.stop();
    }
  });

  it('begins afresh for another bot', async () => {
    const statePath = join(folder, 'sandbox.json');
    const first = await startTestSandbox({ statePath });
    await first.person('Ann');
    await first.stop();
    const second = await startTestSandbox({ statePath, token: '77:another-token-for-tests' });
    expect((await second.control('/users')).users).toEqual([]);
    await second.stop();
  });

  it('begins afresh when what was kept cannot be read', async () => {
    const statePath = join(folder, 'sandbox.json');
    await writeFile(statePath, '{"version": 1, "world": ');
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const sandbox = await startTestSandbox({ statePath });
    expect((await sandbox.control('/users')).users).toEqual([]);
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('beginning afresh'));
    warned.mockRestore();
    await sandbox.stop();
  });

  it('refuses to start next to a real token, on a taken port, or on none', async () => {
    const start = (env: NodeJS.ProcessEnv) => startFromEnvironment(env);
    await expect(start({ SANDBOX_PORT: '0', TELEGRAM_BOT_TOKEN: '123:real-token' })).rejects.toThrow(
      'TELEGRAM_BOT_TOKEN holds a real bot token: unset it to use the sandbox, or do without the sandbox.',
    );
    await expect(start({ SANDBOX_PORT: 'eighty' })).rejects.toThrow('SANDBOX_PORT is not a port: eighty.');
    const running = await start({ SANDBOX_PORT: '0' });
    await expect(start({ SANDBOX_PORT: String(running.port) })).rejects.toThrow(
      `Port ${running.port} is taken: stop what listens there, or choose another with SANDBOX_PORT.`,
    );
    const again = await start({ SANDBOX_PORT: '0', TELEGRAM_BOT_TOKEN: running.token });
    await again.stop();
    await running.stop();
  });
});
