import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI description, made from the same schemas that check requests. */
export function describeApi(application: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('karmagate')
    .setDescription(
      'A community site posts karma; members get into private chats, are warned, and are removed.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', description: 'A source key: kgk_…' }, 'source')
    .addBearerAuth({ type: 'http', description: 'The administrator token' }, 'admin')
    .build();
  return SwaggerModule.createDocument(application, config);
}
