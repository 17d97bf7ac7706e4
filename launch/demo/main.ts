import { resolve } from 'node:path';
import { readDemo } from './demo';
import { playStory } from './play-story';

/** `npm run demo`: plays a story against the instance that `npm start` runs. */
async function main(): Promise<void> {
  const demo = await readDemo(resolve(process.env['DATA_DIR'] || '.data'));
  const running =
    demo &&
    (await fetch(`${demo.apiUrl}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ));
  if (!demo || !running) {
    process.stderr.write(
      'karmagate is not running here with its demo community: run "npm start" in another terminal first.\n',
    );
    process.exit(1);
  }
  await playStory(demo, { pauseMs: Number(process.env['DEMO_PAUSE_MS'] ?? 2500) });
}

main().catch((error: unknown) => {
  process.stderr.write(`The story broke off: ${(error as Error).message}\n`);
  process.exit(1);
});
