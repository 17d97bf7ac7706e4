import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../domain-error';
import { Environment } from '../environment';
import { bearerToken } from './bearer-token';
import { sameSecret } from './same-secret';

/** Lets administrators in: `Authorization: Bearer <ADMIN_TOKEN>`. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly environment: Environment) {}

  canActivate(context: ExecutionContext): boolean {
    const token = bearerToken(context.switchToHttp().getRequest<FastifyRequest>());
    if (token && sameSecret(token, this.environment.adminToken)) return true;
    throw new DomainError(
      'unauthorized',
      401,
      'Send the administrator token as "Authorization: Bearer <ADMIN_TOKEN>".',
    );
  }
}
