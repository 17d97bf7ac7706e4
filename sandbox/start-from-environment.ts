// The sandbox as the environment asks for it, or one sentence why not. It does not start next to a real bot token,
// so that nobody takes the sandbox for Telegram, or Telegram for the sandbox.
import { DEFAULT_TOKEN } from './default-bot';
import { startSandbox, type RunningSandbox } from './start-sandbox';

const DEFAULT_PORT = 8081;

export class StartRefused extends Error {}

export async function startFromEnvironment(env: NodeJS.ProcessEnv): Promise<RunningSandbox> {
  const token = env['TELEGRAM_BOT_TOKEN'] ?? '';
  if (token !== '' && token !== DEFAULT_TOKEN) {
    throw new StartRefused(
      'TELEGRAM_BOT_TOKEN holds a real bot token: unset it to use the sandbox, or do without the sandbox.',
    );
  }
  const asked = env['SANDBOX_PORT'] ?? '';
  const port = asked === '' ? DEFAULT_PORT : Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartRefused(`SANDBOX_PORT is not a port: ${asked}.`);
  }
  try {
    return await startSandbox({ port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartRefused(
      code === 'EADDRINUSE'
        ? `Port ${port} is taken: stop what listens there, or choose another with SANDBOX_PORT.`
        : `The sandbox could not start: ${message}`,
      { cause: error },
    );
  }
}
