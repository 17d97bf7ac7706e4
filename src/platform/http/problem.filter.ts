import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sendProblem } from './send-problem';
import { toProblem } from './to-problem';

/** Where a failure behind a route becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = toProblem(error);
    if (problem.status === 500) this.log.error('request failed', error);
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), problem);
  }
}
