import { http, type HttpCall } from './http';
import type { TestApplication } from './application';
import { everythingStored } from './everything-stored';

/** "PUT /v1/groups/1": the method and the path of a request. */
export type RequestLine = string;

/** Sends what must be refused: with a problem that says why, and with nothing in the database changed. */
export async function refuses(
  app: TestApplication,
  request: RequestLine,
  call: HttpCall,
): Promise<{ status: number; type: string }> {
  const [method, path] = request.split(' ') as [string, string];
  const before = await everythingStored(app.pool);

  const { status, headers, body } = await http<Record<string, unknown>>(`${app.url}${path}`, {
    ...call,
    method,
  });

  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(body).toMatchObject({ status, title: expect.any(String) });
  expect(body['detail']).toMatch(/^[A-Z"].*\.$/s);
  expect(await everythingStored(app.pool)).toBe(before);
  return { status, type: String(body['type']).replace('urn:karmagate:', '') };
}
