// The sandbox as a program of its own: `node dist/sandbox/main.js`. It refuses to run next to a real bot token,
// so that nobody takes it for Telegram, or Telegram for it.
import { DEFAULT_TOKEN } from './default-bot';
import { startSandbox } from './start-sandbox';

const DEFAULT_PORT = 8081;

async function main(): Promise<void> {
  const token = process.env['TELEGRAM_BOT_TOKEN'] ?? '';
  if (token !== '' && token !== DEFAULT_TOKEN) {
    giveUp(
      'TELEGRAM_BOT_TOKEN holds a real bot token: unset it to use the sandbox, or do without the sandbox.',
    );
  }
  const asked = process.env['SANDBOX_PORT'] ?? '';
  const port = asked === '' ? DEFAULT_PORT : Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) giveUp(`SANDBOX_PORT is no port: ${asked}.`);

  const sandbox = await startSandbox({ port }).catch((error: NodeJS.ErrnoException) =>
    giveUp(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken: stop what listens there, or choose another with SANDBOX_PORT.`
        : `The sandbox could not start: ${error.message}`,
    ),
  );
  console.log(`Telegram sandbox: ${sandbox.url} (bot @${sandbox.botUsername}, token ${sandbox.token})`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
}

function giveUp(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

void main();
