// The Bot API's door: token check, parameters from query and body, journal, and the faults that were asked for.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiAnswer } from '../methods/answer';
import type { Method } from '../methods/method';
import { perform, refusalAnswer } from '../methods/perform';
import { REFUSALS, Refusal, type RefusalName } from '../methods/refusals';
import type { Sandbox } from '../sandbox';
import type { Fault } from '../state/faults';
import type { JournalEntry } from '../state/journal';
import { readBody } from './read-body';

type BotRequest = FastifyRequest<{ Params: { token: string; method: string } }>;

const HANG_MS = 60_000;

export function botApi(app: FastifyInstance, sandbox: Sandbox, methods: Map<string, Method>): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/bot:token/:method',
    handler: async (request: BotRequest, reply) => {
      const { token, method } = request.params;
      if (token !== sandbox.world.bot.token) {
        return send(reply, refused(/^\d+:[\w-]{5,}$/.test(token) ? 'unauthorized' : 'badToken'));
      }
      const params = readBody(request);
      if (params === undefined) return send(reply, refused('badJson'));
      const entry = sandbox.journal.open(method, params);
      const fault = sandbox.faults.take(method, params['chat_id']);
      const answer = fault === undefined ? await call() : await underFault(fault, entry, call, reply);
      entry.tookMs = performance.timeOrigin + performance.now() - entry.at;
      sandbox.news.tell({ kind: 'calls' });
      if (answer === undefined) return reply;
      entry.answer = answer;
      entry.status = answer.ok ? 200 : answer.error_code;
      return send(reply, answer);

      function call(): Promise<ApiAnswer> {
        return perform(sandbox, methods, method, params ?? {});
      }
    },
  });
}

/** Undefined: the reply was taken care of here, or there is none. */
async function underFault(
  fault: Fault,
  entry: JournalEntry,
  call: () => Promise<ApiAnswer>,
  reply: FastifyReply,
): Promise<ApiAnswer | undefined> {
  entry.fault = fault.kind;
  const does = fault.kind === 'lostReply' || fault.kind === 'slow';
  const done = does ? await call() : undefined;
  const delayMs = fault.delayMs ?? (fault.kind === 'timeout' ? HANG_MS : 0);
  if (delayMs > 0) await waitOrGone(delayMs, reply);
  switch (fault.kind) {
    case 'error': {
      const code = fault.code ?? 500;
      return refusalAnswer(new Refusal(code, fault.description ?? 'Internal Server Error'));
    }
    case 'flood': {
      const seconds = fault.retryAfter ?? 3;
      return refusalAnswer(
        new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds }),
      );
    }
    case 'badBody':
      entry.status = fault.code ?? 502;
      void reply.status(entry.status).type('text/html').send('<html><h1>Bad Gateway</h1></html>');
      return undefined;
    case 'slow':
      return done;
    case 'timeout':
    case 'lostReply':
    case 'reset':
      reply.hijack();
      reply.raw.destroy();
      return undefined;
  }
}

/** Ends early when the caller hangs up, so that a stopped client does not hold the sandbox open. */
async function waitOrGone(delayMs: number, reply: FastifyReply): Promise<void> {
  const gone = new AbortController();
  const onClose = () => gone.abort();
  reply.raw.once('close', onClose);
  await pause(delayMs, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
  reply.raw.off('close', onClose);
}

function refused(name: RefusalName): ApiAnswer {
  const [code, description] = REFUSALS[name];
  return { ok: false, error_code: code, description };
}

function send(reply: FastifyReply, answer: ApiAnswer): FastifyReply {
  return reply.status(answer.ok ? 200 : answer.error_code).send(answer);
}
