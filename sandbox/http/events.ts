// Server-sent events for the page: what changed, not how it looks now. Changes are gathered for a moment, so that a
// thousand calls a second make a handful of events.
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../sandbox';
import type { Change } from '../state/news';

const GATHER_MS = 60;
const HEARTBEAT_MS = 20_000;

export function eventRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/events', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    raw.write('retry: 1000\n\n');
    let gathered = new Map<string, Change>();
    let timer: NodeJS.Timeout | undefined;
    const flush = () => {
      timer = undefined;
      raw.write(`data: ${JSON.stringify([...gathered.values()])}\n\n`);
      gathered = new Map();
    };
    const stopListening = sandbox.news.listen((change) => {
      gathered.set('id' in change ? `${change.kind} ${change.id}` : change.kind, change);
      timer ??= setTimeout(flush, GATHER_MS);
    });
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    request.raw.once('close', () => {
      stopListening();
      clearTimeout(timer);
      clearInterval(heartbeat);
    });
  });
}
