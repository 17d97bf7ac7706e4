// Control calls about the sandbox itself: journal, faults, limits, clock, and starting afresh.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '../sandbox';
import { FAULT_KINDS, type Fault } from '../state/faults';
import { makeWorld } from '../state/world';
import { read } from './problem';

const newFault = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  method: z.string().min(1).optional(),
  chatId: z.number().int().optional(),
  times: z.number().int().min(1).default(1),
  code: z.number().int().min(200).max(599).optional(),
  description: z.string().optional(),
  retryAfter: z.number().int().min(1).optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
});
const limiting = z.strictObject({ on: z.boolean() });
const moving = z.strictObject({ advanceSeconds: z.number().min(0) });
const callQuery = z.object({
  method: z.string().optional(),
  since: z.coerce.number().optional(),
  afterId: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).optional(),
});

export function machineryRoutes(app: FastifyInstance, sandbox: Sandbox, onReset: () => void): void {
  app.get('/', async () => ({
    bot: {
      id: sandbox.world.bot.id,
      username: sandbox.world.bot.username,
      name: sandbox.world.bot.firstName,
    },
    now: new Date(sandbox.now()).toISOString(),
    limits: sandbox.limits.on,
    pendingUpdates: sandbox.world.updates.length,
    webhook: sandbox.world.webhook?.url,
    allowedUpdates: sandbox.world.allowedUpdates,
    calls: sandbox.journal.size(),
  }));

  app.get('/calls', async (request) => ({ calls: sandbox.journal.list(read(callQuery, request.query)) }));

  app.delete('/calls', async (_request, reply) => {
    sandbox.journal.clear();
    sandbox.news.tell({ kind: 'calls' });
    return reply.status(204).send();
  });

  app.post('/faults', async (request, reply) => {
    const fault = sandbox.faults.add(read(newFault, request.body) as Omit<Fault, 'id'>);
    sandbox.news.tell({ kind: 'faults' });
    return reply.status(201).send(fault);
  });

  app.get('/faults', async () => ({ faults: sandbox.faults.list() }));

  app.delete('/faults', async (_request, reply) => {
    sandbox.faults.clear();
    sandbox.news.tell({ kind: 'faults' });
    return reply.status(204).send();
  });

  app.post('/limits', async (request) => {
    sandbox.limits.on = read(limiting, request.body).on;
    sandbox.limits.clear();
    sandbox.news.tell({ kind: 'faults' });
    return { on: sandbox.limits.on };
  });

  app.post('/clock', async (request) => {
    sandbox.world.clockOffset += read(moving, request.body).advanceSeconds * 1000;
    sandbox.news.tell({ kind: 'reset' });
    return { now: new Date(sandbox.now()).toISOString() };
  });

  app.post('/reset', async (_request, reply) => {
    const { token, username } = sandbox.world.bot;
    // A bot that is running keeps listening: how it wants to hear stays, and update ids go on counting.
    const { nextUpdateId, webhook, allowedUpdates } = sandbox.world;
    sandbox.world = { ...makeWorld(token, username), nextUpdateId };
    if (webhook !== undefined) sandbox.world.webhook = webhook;
    if (allowedUpdates !== undefined) sandbox.world.allowedUpdates = allowedUpdates;
    sandbox.journal.clear();
    sandbox.faults.clear();
    sandbox.limits.on = false;
    sandbox.limits.clear();
    onReset();
    sandbox.news.tell({ kind: 'reset' });
    return reply.status(204).send();
  });
}
