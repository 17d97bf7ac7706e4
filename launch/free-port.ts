import { createServer } from 'node:net';

/**
 * A port on the loopback that nothing listens on: the wanted one if it is free, otherwise one that the system picks.
 * The answer is a snapshot: whoever listens there must still cope with somebody having been faster.
 */
export async function freePort(wanted = 0): Promise<number> {
  return (await listenOnce(wanted)) ?? (await listenOnce(0)) ?? 0;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
