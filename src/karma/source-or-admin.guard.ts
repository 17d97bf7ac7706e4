import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Environment } from '../platform/environment';
import { bearerToken } from '../platform/http/bearer-token';
import { sameSecret } from '../platform/http/same-secret';
import { SourceGuard } from './source.guard';

/** For what both sites and administrators may ask. Members are shared: every source may ask about each of them. */
@Injectable()
export class SourceOrAdminGuard implements CanActivate {
  constructor(
    private readonly source: SourceGuard,
    private readonly environment: Environment,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const token = bearerToken(context.switchToHttp().getRequest<FastifyRequest>());
    if (token && sameSecret(token, this.environment.adminToken)) return true;
    return this.source.canActivate(context);
  }
}
