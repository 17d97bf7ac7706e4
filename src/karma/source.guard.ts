import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuthenticateSource } from './authenticate-source';
import type { LiveKey } from './source-keys';

type SourceRequest = FastifyRequest & { source?: LiveKey };

/** Lets sources in, and remembers which one asks. */
@Injectable()
export class SourceGuard implements CanActivate {
  constructor(private readonly sources: AuthenticateSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SourceRequest>();
    request.source = await this.sources.authenticate(request);
    return true;
  }
}

/** The source that sent the request; only behind SourceGuard. */
export const CallingSource = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<SourceRequest>().source,
);
