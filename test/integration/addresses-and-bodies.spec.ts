import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity } from '../support/community';

describe('a request that cannot be understood', () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication();
    community = await startCommunity(app);
  });

  afterAll(() => app.stop());

  const problemAt = async (path: string, call = {}) => {
    const { status, headers, body } = await app.api<{ type: string }>(path, {
      bearer: community.sourceKey,
      ...call,
    });
    expect(headers.get('content-type')).toMatch('application/problem+json');
    return { status, type: body.type };
  };

  it('is none of those about a member with the longest possible id, in any script', async () => {
    for (const letter of ['x', 'ж', '語', ' ', '/']) {
      const member = letter.repeat(200);
      const event = { id: letter.repeat(200), member, delta: 7 };
      const posted = await app.api('/v1/events', { bearer: community.sourceKey, body: event });
      expect(posted.status).toBe(200);
      const { status, body } = await app.api(`/v1/members/${encodeURIComponent(member)}`, {
        bearer: community.sourceKey,
      });
      expect([status, body['externalId'], body['karma']]).toEqual([200, member, 7]);
    }
  });

  it('is answered with a problem when the address is malformed or an id in it too long', async () => {
    expect(await problemAt('/v1/members/%E0%A4%A')).toEqual({
      status: 400,
      type: 'urn:karmagate:malformed-address',
    });
    expect(await problemAt(`/v1/members/${'x'.repeat(201)}`)).toEqual({
      status: 422,
      type: 'urn:karmagate:invalid-request',
    });
    expect(await problemAt(`/v1/members/${'x'.repeat(2001)}`)).toEqual({
      status: 414,
      type: 'urn:karmagate:address-too-long',
    });
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/xml'])(
    'is answered with a problem when a body of JSON is announced as %s',
    async (type) => {
      const body = '{"id":"e1","member":"mislabelled","delta":1}';
      expect(await problemAt('/v1/events', { headers: { 'content-type': type }, body })).toEqual({
        status: 415,
        type: 'urn:karmagate:unsupported-media-type',
      });
      const member = await app.api('/v1/members/mislabelled', { bearer: community.sourceKey });
      expect(member.status).toBe(404);
    },
  );
});
