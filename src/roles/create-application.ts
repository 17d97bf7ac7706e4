import rateLimit from '@fastify/rate-limit';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SourceKeys } from '../karma/source-keys';
import { Clock } from '../platform/clock';
import { DomainError } from '../platform/domain-error';
import type { Environment } from '../platform/environment';
import { answerFrameworkError } from '../platform/http/answer-framework-error';
import { ProblemFilter } from '../platform/http/problem.filter';
import { readJson } from '../platform/http/read-json';
import { invalidRequest } from '../platform/http/schema-issues';
import { Log } from '../platform/log';
import { ApplicationModule } from './application.module';
import { describeApi } from './describe-api';

const MAX_BODY_BYTES = 1024 * 1024;
/** Our ids have 200 characters at most; whoever sends more is told so by their schema. */
const MAX_PARAMETER_LENGTH = 2000;

/**
 * The application, ready to listen. Karma events of a source that is known are not counted by the limit: their own backlog
 * bounds them.
 */
export async function createApplication(
  environment: Environment,
  clock = new Clock(),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: environment.trustProxy,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: answerFrameworkError,
  });
  const application = await NestFactory.create<NestFastifyApplication>(
    ApplicationModule.with(environment, clock),
    adapter,
    {
      rawBody: true,
      bodyParser: false,
      logger: new Log(environment.logLevel),
      abortOnError: false,
    },
  );
  const json = readJson(adapter.getInstance());
  application.useBodyParser('application/json', { bodyLimit: MAX_BODY_BYTES }, json);
  adapter.getInstance().removeContentTypeParser('text/plain');
  const keys = environment.roles.includes('api') ? application.get(SourceKeys, { strict: false }) : undefined;
  const isKnownSender = async (request: FastifyRequest): Promise<boolean> =>
    request.url === '/v1/events' && keys !== undefined && (await keys.knows(request.headers));
  await application.register(rateLimit, {
    max: environment.requestsPerMinute,
    timeWindow: '1 minute',
    allowList: (request: FastifyRequest) => isKnownSender(request),
    errorResponseBuilder: (_request, { ttl }) =>
      new DomainError(
        'too-many-requests',
        429,
        'Too many requests: wait as long as Retry-After says, then go on.',
        {
          retryAfterSeconds: Math.ceil(ttl / 1000),
        },
      ),
  });
  application.useGlobalFilters(new ProblemFilter());
  application.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalidRequest }));
  if (environment.roles.includes('api'))
    SwaggerModule.setup('docs', application, () => describeApi(application));
  return application;
}
