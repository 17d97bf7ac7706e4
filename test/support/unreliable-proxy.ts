import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to the next request on its way: `lost` reaches the application, and its answer never comes back; `busy` is
 * answered with 503 and a second's wait. Once the plan is used up, everything passes.
 */
export type Fate = 'lost' | 'busy';

export interface UnreliableProxy {
  readonly url: string;
  /** The bodies as they came, those of failed attempts too. */
  readonly bodies: string[];
  stop(): Promise<void>;
}

export async function startUnreliableProxy(target: string, plan: Fate[]): Promise<UnreliableProxy> {
  const bodies: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
    bodies.push(body);
    const fate = plan.shift();
    if (fate === 'busy') {
      response.writeHead(503, { 'retry-after': '1', connection: 'close' }).end();
      return;
    }
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      body,
    });
    const text = await answer.text();
    if (fate === 'lost') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
      connection: 'close',
    });
    response.end(text);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
