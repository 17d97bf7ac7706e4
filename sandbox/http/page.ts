// The page for people who develop: static files beside this program, with a policy that lets nothing else run in it.
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Beside this program's other folders, from the sources as from dist; a build that keeps the folder's own name when
// it copies assets puts it one level deeper.
const FOLDERS = [join(__dirname, '..', 'page'), join(__dirname, '..', 'page', 'page')];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export async function pageRoutes(app: FastifyInstance): Promise<void> {
  const root = FOLDERS.find((folder) => existsSync(join(folder, 'index.html')));
  // Without its page the sandbox is still a whole Telegram.
  if (root === undefined) return;
  await app.register(fastifyStatic, {
    root,
    cacheControl: false,
    setHeaders(reply) {
      reply.header('cache-control', 'no-cache');
      reply.header('content-security-policy', POLICY);
      reply.header('x-content-type-options', 'nosniff');
      reply.header('referrer-policy', 'no-referrer');
    },
  });
}
