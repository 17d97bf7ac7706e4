// What the control side says when it cannot do what was asked: one sentence, as RFC 9457 wants it.
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {
    super(detail);
  }
}

export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  const title = status === 404 ? 'Not found' : status === 409 ? 'Not possible now' : 'Not understood';
  return reply
    .status(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: status >= 500 ? 'Sandbox error' : title, status, detail });
}

export function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new Problem(422, `${where === '' ? 'The body' : `"${where}"`} is not right: ${issue?.message}.`);
}
