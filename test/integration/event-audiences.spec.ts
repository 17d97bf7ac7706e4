import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity } from '../support/community';

describe('audiences that come with karma events', () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication();
    community = await startCommunity(app);
  });

  afterAll(() => app.stop());

  const post = async (body: unknown): Promise<{ http: number; statuses: string[] }> => {
    const { status, body: answer } = await app.api<{ results?: { status: string }[] }>('/v1/events', {
      bearer: community.sourceKey,
      body,
    });
    return { http: status, statuses: (answer.results ?? []).map((result) => result.status) };
  };
  const get = (member: string) =>
    app.api<{ audiences: string[] }>(`/v1/members/${member}`, { bearer: community.sourceKey });
  const audiences = async (member: string) => (await get(member)).body.audiences;

  it('are given to a member whom the event brings into being', async () => {
    expect(await post({ id: 'e1', member: 'newcomer', delta: 5, audiences: ['webmasters'] })).toEqual({
      http: 200,
      statuses: ['accepted'],
    });
    expect(await audiences('newcomer')).toEqual(['webmasters']);
  });

  it('add up over the events of a request, for newcomers and for members who are known', async () => {
    await post({ id: 'e1', member: 'known', delta: 1, audiences: ['customers'] });
    const { statuses } = await post([
      { id: 'e2', member: 'known', delta: 1, audiences: ['webmasters'] },
      { id: 'e2', member: 'fresh', delta: 1, audiences: ['webmasters', 'customers'] },
      { id: 'e3', member: 'fresh', delta: 1, audiences: ['translators'] },
      { id: 'e4', member: 'plain', delta: 1 },
      { id: 'e5', member: 'known', delta: 1, audiences: [] },
    ]);
    expect(statuses).toEqual(Array(5).fill('accepted'));
    expect(await audiences('known')).toEqual(['customers', 'webmasters']);
    expect(await audiences('fresh')).toEqual(['customers', 'translators', 'webmasters']);
    expect(await audiences('plain')).toEqual([]);
  });

  it('do not come back when an old event is repeated', async () => {
    const event = { id: 'e1', member: 'former', delta: 1, audiences: ['webmasters'] };
    await post(event);
    await app.api('/v1/members/former', {
      method: 'PUT',
      bearer: community.sourceKey,
      body: { audiences: [] },
    });
    expect((await post(event)).statuses).toEqual(['duplicate']);
    expect(await audiences('former')).toEqual([]);
  });

  it('are not taken from an event that is not counted', async () => {
    await post({ id: 'e1', member: 'honest', delta: 1 });
    const { statuses } = await post([
      { id: 'e1', member: 'honest', delta: 2, audiences: ['webmasters'] },
      { id: 'e2', member: 'honest', reverses: 'nothing', audiences: ['webmasters'] },
      { id: 'e3', member: 'stranger', delta: 1, audiences: ['customers'] },
      { id: 'e3', member: 'stranger', delta: 2, audiences: ['webmasters'] },
    ]);
    expect(statuses).toEqual(['conflict', 'invalid', 'accepted', 'conflict']);
    expect(await audiences('honest')).toEqual([]);
    expect(await audiences('stranger')).toEqual(['customers']);
  });

  it('do not make a member of somebody whose only event is refused', async () => {
    expect(
      (await post({ id: 'e1', member: 'nobody', reverses: 'nothing', audiences: ['webmasters'] })).http,
    ).toBe(422);
    expect((await get('nobody')).status).toBe(404);
  });

  it('all arrive when many requests bring the same newcomer at once', async () => {
    const slugs = Array.from({ length: 20 }, (_, index) => `audience-${index}`);
    const answers = await Promise.all(
      slugs.map((slug) => post({ id: slug, member: 'popular', delta: 1, audiences: [slug] })),
    );
    expect(answers.map(({ http }) => http)).toEqual(slugs.map(() => 200));
    expect(await audiences('popular')).toEqual([...slugs].sort());
  });
});
