// Parameters of a Bot API call, wherever they stand: query, JSON, or a form. Undefined when a JSON body cannot be read.
import type { FastifyInstance, FastifyRequest } from 'fastify';

const UNREADABLE = Symbol('unreadable');

/** Bodies come in as they are written: an empty one is fine, and a broken one is the method's to refuse, not HTTP's. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    done(null, parse(String(body), request.headers['content-type'] ?? ''));
  });
}

export function readBody(request: FastifyRequest): Record<string, unknown> | undefined {
  if (request.body === UNREADABLE) return undefined;
  return { ...(request.query as object), ...(request.body as object | null | undefined) };
}

function parse(body: string, contentType: string): unknown {
  if (body.trim() === '') return {};
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}
