import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { karmaEventSchema } from '../karma/event.schema';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../platform/http/problem';

/** The OpenAPI description, made from the same schemas that check requests. Every operation may answer a problem. */
export function describeApi(application: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('karmagate')
    .setDescription(
      'A community site posts karma; members get into private chats, are warned, and are removed.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', description: 'A source key: kgk_…' }, 'source')
    .addBearerAuth({ type: 'http', description: 'The administrator token' }, 'admin')
    .build();
  const document = SwaggerModule.createDocument(application, config);
  const schemas = ((document.components ??= {}).schemas ??= {});
  // Events are checked one by one behind the door, so that Nest does not meet their schema on its own.
  schemas['KarmaEvent'] = toComponent(karmaEventSchema);
  schemas['Problem'] = toComponent(problemSchema);
  const problem = {
    description: 'A problem: "type" is stable, "detail" says what to do',
    content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (operation) operation.responses['default'] = problem;
    }
  }
  return document;
}

function toComponent(schema: z.ZodType): object {
  const { $schema: _, id: __, ...component } = z.toJSONSchema(schema, { io: 'input' });
  return component;
}
