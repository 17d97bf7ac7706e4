import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from '../platform/environment';

/** Opens the doors and says where. A port that is taken rejects with the system's own error, and is logged by nobody. */
export async function listen(
  application: NestFastifyApplication,
  { host, port }: Environment,
): Promise<string> {
  await application.init();
  return application.getHttpAdapter().getInstance().listen({ host, port });
}
