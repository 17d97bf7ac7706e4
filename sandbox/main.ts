// The sandbox as a program of its own: `node dist/sandbox/main.js`.
import { startFromEnvironment, StartRefused } from './start-from-environment';

async function main(): Promise<void> {
  const sandbox = await startFromEnvironment(process.env);
  console.log(`Telegram sandbox: ${sandbox.url} (bot @${sandbox.botUsername}, token ${sandbox.token})`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartRefused ? error.message : error);
  process.exit(1);
});
