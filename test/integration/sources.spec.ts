import { startApplication, type TestApplication } from '../support/application';
import { everythingStored } from '../support/everything-stored';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';
import { sign } from '../support/sign';
import { until } from '../support/until';

interface SourceList {
  sources: { id: number; name: string; keys: { id: number; hint: string; revokedAt: string | null }[] }[];
}

interface NewKey {
  id: number;
  key: string;
  signingSecret: string;
}

interface Problem {
  type: string;
  detail: string;
}

let app: TestApplication;
let forum: KarmaSource;
let serial = 0;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
});

afterAll(() => app.stop());

const event = () => ({ id: `e${++serial}`, member: 'rosa', delta: 1 });
const postWith = (bearer: string) => app.api<Problem>('/v1/events', { bearer, body: event() });
const list = async () => (await app.admin<SourceList>('/v1/sources')).body.sources;

describe('A source', () => {
  it('has its key and signing secret shown once, and stored nowhere', async () => {
    const { status, body } = await app.admin<{ source: { id: number; name: string }; key: NewKey }>(
      '/v1/sources',
      {
        body: { name: 'Shop' },
      },
    );

    expect(status).toBe(201);
    expect(body.source).toEqual({ id: expect.any(Number), name: 'Shop' });
    expect(body.key.key).toMatch(/^kgk_[\w-]{43}$/);
    const secrets = [body.key.key, body.key.key.slice(4), body.key.signingSecret.slice(6)];
    const stored = await everythingStored(app.pool);
    const shown = JSON.stringify(await list());
    for (const secret of secrets) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
      expect(stored).not.toContain(Buffer.from(secret, 'base64').toString('hex'));
      expect(shown).not.toContain(secret);
    }
    expect(shown).toContain(`"hint":"${body.key.key.slice(-4)}"`);
  });

  it('has a name of its own', async () => {
    const again = await app.admin('/v1/sources', { body: { name: 'Forum' } });

    expect([again.status, again.body['type']]).toEqual([409, 'urn:karmagate:source-exists']);
  });

  it('of one name asked for many times at once is made once', async () => {
    // Connections must be open already, or the requests wait for them one after another.
    await Promise.all(Array.from({ length: 20 }, list));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => app.admin('/v1/sources', { body: { name: 'Contested' } })),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

  it('changes its key without a gap: both keys live until the old one is revoked', async () => {
    const wiki = await startKarmaSource(app, 'Wiki');
    const added = await app.admin<NewKey>(`/v1/sources/${wiki.id}/keys`, { method: 'POST' });
    expect(added.status).toBe(201);
    expect([(await postWith(wiki.key)).status, (await postWith(added.body.key)).status]).toEqual([200, 200]);

    const revoked = await app.admin(`/v1/sources/${wiki.id}/keys/${wiki.keyId}`, { method: 'DELETE' });
    expect(revoked.status).toBe(204);

    const refused = await postWith(wiki.key);
    expect([refused.status, refused.body.type]).toEqual([401, 'urn:karmagate:unauthorized']);
    expect((await postWith(added.body.key)).status).toBe(200);
    const keys = (await list()).find(({ id }) => id === wiki.id)!.keys;
    expect(keys.map(({ revokedAt }) => revokedAt !== null)).toEqual([true, false]);
  });

  it('signs no more with a key that was revoked', async () => {
    const blog = await startKarmaSource(app, 'Blog');
    const post = () => {
      const body = JSON.stringify(event());
      return app.api<Problem>('/v1/events', { headers: sign(blog.keyId, blog.signingSecret, body), body });
    };
    expect((await post()).status).toBe(200);

    await app.admin(`/v1/sources/${blog.id}/keys/${blog.keyId}`, { method: 'DELETE' });

    const refused = await post();
    expect([refused.status, refused.body.type]).toEqual([401, 'urn:karmagate:invalid-signature']);
  });

  it.each([
    ['a key of a source that does not exist', 'POST', () => '/v1/sources/987654/keys', 'unknown-source'],
    [
      'the key of another source',
      'DELETE',
      () => `/v1/sources/${forum.id + 1}/keys/${forum.keyId}`,
      'unknown-key',
    ],
    ['a key that does not exist', 'DELETE', () => `/v1/sources/${forum.id}/keys/987654`, 'unknown-key'],
  ])('cannot have %s made or revoked', async (_, method, path, code) => {
    const { status, body } = await app.admin(path(), { method });

    expect([status, body['type']]).toEqual([404, `urn:karmagate:${code}`]);
    expect((await postWith(forum.key)).status).toBe(200);
  });

  it('has a key that can be revoked once', async () => {
    const once = await startKarmaSource(app, 'Once');
    const revoke = () => app.admin(`/v1/sources/${once.id}/keys/${once.keyId}`, { method: 'DELETE' });

    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 404]);
  });

  it('is told when another process has revoked its key, within five seconds', async () => {
    const second = await app.replica();
    const mall = await startKarmaSource(app, 'Mall');
    await mall.post(event(), second.url);
    await app.pool.query(`update source_keys set revoked_at = now() where id = $1`, [mall.keyId]);

    const refused = async () => {
      const { status } = await mall.post(event(), second.url);
      return status !== 200 && status;
    };
    expect(await until(refused, { what: 'the key to be refused', timeoutMs: 6000, everyMs: 50 })).toBe(401);
  });
});

describe('A signed request', () => {
  const signed = (body = JSON.stringify(event()), at = app.clock.now()) => ({
    body,
    headers: sign(forum.keyId, forum.signingSecret, body, at),
  });
  const post = (call: { body: string; headers: Record<string, string> }) =>
    app.api<Problem>('/v1/events', call);
  const changed = (headers: Record<string, string>) => {
    const call = signed();
    return { ...call, headers: { ...call.headers, ...headers } };
  };

  it('is taken without any key in it', async () => {
    expect((await post(signed())).status).toBe(200);
  });

  it('is signed over the bytes of its body, not over what they mean', async () => {
    const body = `  { "id": "e${++serial}",\n "member": "rösa 😀", "delta" : 1.0 }`;

    expect((await post(signed(body))).status).toBe(200);
    expect((await post({ ...signed(body), body: body.trim() })).status).toBe(401);
  });

  it('changes no member, because it does not cover the address that names them', async () => {
    const body = '{"displayName":"Rosa"}';
    const headers = sign(forum.keyId, forum.signingSecret, body, app.clock.now());

    const answer = await app.api('/v1/members/rosa', { method: 'PUT', headers, body });

    expect([answer.status, answer.body['type']]).toEqual([401, 'urn:karmagate:signature-not-accepted']);
  });

  it.each<[string, () => Parameters<typeof post>[0], string]>([
    [
      'another body',
      () => ({ ...signed(), body: JSON.stringify({ ...event(), delta: 1e6 }) }),
      'invalid-signature',
    ],
    ['another id', () => changed({ 'webhook-id': 'msg_2' }), 'invalid-signature'],
    ['a signature of nonsense', () => changed({ 'webhook-signature': 'v1,nonsense' }), 'invalid-signature'],
    ['an empty signature', () => changed({ 'webhook-signature': '' }), 'invalid-signature'],
    ['an unknown key', () => changed({ 'karmagate-key-id': '987654' }), 'invalid-signature'],
    ['a key that is no number', () => changed({ 'karmagate-key-id': 'kgk_x' }), 'invalid-signature'],
    ['a time that is no number', () => changed({ 'webhook-timestamp': 'now' }), 'invalid-signature'],
    [
      'a time of an hour ago',
      () => signed(undefined, new Date(app.clock.now().getTime() - 3_600_000)),
      'stale-signature',
    ],
    [
      'a time in an hour',
      () => signed(undefined, new Date(app.clock.now().getTime() + 3_600_000)),
      'stale-signature',
    ],
  ])('with %s is refused, and nothing is changed', async (_, call, code) => {
    const before = await forum.karma('rosa');

    const { status, body } = await post(call());

    expect([status, body.type]).toEqual([401, `urn:karmagate:${code}`]);
    expect(await forum.karma('rosa')).toBe(before);
  });

  it('with the secret of one source and the key id of another is refused', async () => {
    const stranger = await startKarmaSource(app, 'Stranger');
    const body = JSON.stringify(event());

    const answer = await post({
      body,
      headers: sign(forum.keyId, stranger.signingSecret, body, app.clock.now()),
    });

    expect([answer.status, answer.body.type]).toEqual([401, 'urn:karmagate:invalid-signature']);
  });

  it('that is wrong is not saved by a key beside it', async () => {
    const call = changed({ 'webhook-signature': 'v1,nonsense', authorization: `Bearer ${forum.key}` });

    expect((await post(call)).status).toBe(401);
  });
});
