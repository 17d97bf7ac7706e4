import { isUtf8 } from 'node:buffer';
import type { FastifyBodyParser, FastifyInstance } from 'fastify';

/**
 * Reads a body of JSON. One in another encoding is refused: read as if it were UTF-8, two ids that differ in a letter of
 * that encoding would become the same.
 */
export function readJson(fastify: FastifyInstance): FastifyBodyParser<Buffer> {
  const parse = fastify.getDefaultJsonParser('error', 'error') as FastifyBodyParser<string>;
  return (request, body, done) => {
    if (isUtf8(body)) return parse(request, body.toString(), done);
    done(Object.assign(new Error('The body is not UTF-8.'), { statusCode: 400 }));
  };
}
