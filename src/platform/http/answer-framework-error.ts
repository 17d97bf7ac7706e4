import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain-error';
import { sendProblem } from './send-problem';
import { toProblem } from './to-problem';

const malformedAddress = new DomainError(
  'malformed-address',
  400,
  'The address could not be read: percent-encode the ids in it, as UTF-8.',
);

const addressTooLong = new DomainError(
  'address-too-long',
  414,
  'The address is too long: an id in it has at most 200 characters.',
);

/** What Fastify refuses before it looks for a route never comes to the filter: it is answered alike here. */
export function answerFrameworkError(
  error: Error & { code?: string },
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error.code === 'FST_ERR_BAD_URL') return sendProblem(reply, toProblem(malformedAddress));
  if (error.code === 'FST_ERR_MAX_PARAM_LENGTH') return sendProblem(reply, toProblem(addressTooLong));
  sendProblem(reply, toProblem(error));
}
