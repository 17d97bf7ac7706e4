import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { DomainError } from '../domain-error';
import type { Problem } from './problem';

/** What Fastify and Nest refuse before any of our code is asked, by status. */
const refusals: Record<number, { code: string; detail: string }> = {
  400: {
    code: 'malformed-request',
    detail: 'The request could not be read: send one JSON value, encoded as UTF-8.',
  },
  404: { code: 'not-found', detail: 'There is nothing at this address: /docs lists what there is.' },
  413: { code: 'body-too-large', detail: 'The body is larger than 1 MiB: send fewer events at a time.' },
  415: {
    code: 'unsupported-media-type',
    detail: 'Send the body as JSON, with "Content-Type: application/json".',
  },
  429: {
    code: 'too-many-requests',
    detail: 'Too many requests: wait as long as Retry-After says, then go on.',
  },
};

/** Databases that are away, starting, full, read-only or out of connections: the caller should simply come back. */
const unavailable =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|57P0[123]|53...|08...|40001|40P01|25006)$/;
const unavailableMessage =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

export function toProblem(error: unknown): Problem & { retryAfterSeconds?: number } {
  if (error instanceof DomainError) {
    const { errors, retryAfterSeconds } = error.details;
    return {
      ...problem(error.status, error.code, error.message),
      ...(errors ? { errors } : {}),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }
  if (isUnavailable(error)) {
    const detail =
      'The database does not answer as it should at the moment, and whether this was done is not known: look, or send it again. Events are counted once however often they come.';
    return { ...problem(503, 'unavailable', detail), retryAfterSeconds: 2 };
  }
  const status = statusOf(error);
  const refusal = status === undefined ? undefined : refusals[status];
  if (status !== undefined && refusal) return problem(status, refusal.code, refusal.detail);
  if (status !== undefined && status < 500) return problem(status, 'refused', 'The request was refused.');
  return problem(
    500,
    'internal',
    'karmagate made a mistake: it was logged. The same request may be sent again.',
  );
}

function problem(status: number, code: string, detail: string): Problem {
  return { type: `urn:karmagate:${code}`, title: STATUS_CODES[status] ?? 'Error', status, detail };
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    (typeof code === 'string' && unavailable.test(code)) ||
    (typeof message === 'string' && unavailableMessage.test(message))
  );
}
