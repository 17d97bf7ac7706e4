import type { Demo } from './demo/demo';

export interface Greeting {
  url: string;
  sandboxUrl: string | undefined;
  adminToken: string;
  demo: Demo | undefined;
}

/** Says where to look and what to try. */
export function greet({ url, sandboxUrl, adminToken, demo }: Greeting): void {
  const lines = [
    '',
    '  karmagate is running. Ctrl-C stops it.',
    '',
    `  API docs      ${url}/docs`,
    ...(sandboxUrl
      ? [`  Sandbox       ${sandboxUrl}   (a Telegram to try things in: no bot token is set)`]
      : []),
    `  Admin token   ${adminToken}`,
  ];
  if (demo) lines.push(...tryIt(url, sandboxUrl, demo));
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

function tryIt(url: string, sandboxUrl: string | undefined, demo: Demo): string[] {
  const { newcomer, sourceKey } = demo;
  return [
    '',
    `  Try it: give ${newcomer.name} the karma that opens "${newcomer.group}", then see the invitation arrive`,
    `  in the sandbox, as ${newcomer.name}:`,
    '',
    `    curl -X POST ${url}/v1/events \\`,
    `      -H 'Authorization: Bearer ${sourceKey}' -H 'Content-Type: application/json' \\`,
    `      -d '{"id":"try-'$(date +%s)'","member":"${newcomer.externalId}","delta":${newcomer.delta},"reason":"accepted answer"}'`,
    '',
    `    ${sandboxUrl}`,
    '',
    '  Or watch a whole story, in a second terminal:  npm run demo',
  ];
}
