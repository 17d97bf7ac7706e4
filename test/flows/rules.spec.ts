import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup, type TestMember } from '../support/community';
import { plantCrowd } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

interface Preview {
  preview: Record<
    'admitted' | 'warned' | 'removed' | 'recovered',
    { count: number; members: { member: string }[] }
  >;
}

describe('A rule', () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
  }, 60_000);

  afterAll(() => app.stop());

  const change = async (group: TestGroup, rule: object, query = '') =>
    (await app.admin(`/v1/groups/${group.id}/rule${query}`, { method: 'PUT', body: rule })).body;
  const standings = async (group: TestGroup): Promise<Record<string, string[]>> => {
    const { rows } = await app.pool.query<{ standing: string; names: string[] }>(
      `select standing, array_agg(external_id order by external_id) as names
       from memberships join members on members.id = member_id where group_id = $1 group by standing`,
      [group.id],
    );
    return Object.fromEntries(rows.map(({ standing, names }) => [standing, names]));
  };
  const enter = async (group: TestGroup, members: TestMember[]) => {
    const link = await app.telegram.joinLink(group.chatId);
    await Promise.all(members.map(({ userId }) => community.people.open(userId, link)));
    await Promise.all(members.map(({ externalId }) => community.standing(externalId, group.id, 'in')));
  };

  it('that is raised puts exactly those at risk whom it leaves out, lowered it invites exactly those it lets in', async () => {
    const rule = { audiences: ['climbers'], graceHours: 72 };
    const group = await community.group({ ...rule, admitAt: 100 }, 'Heights');
    const names = Array.from({ length: 20 }, (_, index) => `climber-${String(index * 10).padStart(3, '0')}`);
    const between = (from: number, below: number) =>
      names.filter((_, index) => index * 10 >= from && index * 10 < below);
    const crowd = await plantCrowd(app, community, names, { audiences: ['climbers'] });
    await plantCrowd(app, community, ['stroller'], { audiences: ['walkers'] });
    await community.earn('stroller', 1000);
    for (const [index, name] of names.entries()) if (index > 0) await community.earn(name, index * 10);
    await quiescence(app);
    // Half of those who may are in; the others are only invited.
    const inside = crowd.filter((_, index) => index >= 10 && index % 2 === 0);
    const invited = between(100, 200).filter((name) => !inside.some(({ externalId }) => externalId === name));
    await enter(group, inside);
    expect(await standings(group)).toEqual({ in: inside.map(({ externalId }) => externalId), invited });

    const raised = { ...rule, admitAt: 180, keepAt: 150 };
    const falling = inside.map(({ externalId }) => externalId).filter((name) => name < 'climber-150');
    const { preview } = (await change(group, raised, '?dryRun=true')) as unknown as Preview;
    expect(preview.warned.members.map(({ member }) => member).toSorted()).toEqual(falling);
    expect([preview.admitted.count, preview.removed.count, preview.recovered.count]).toEqual([0, 0, 0]);
    await change(group, raised);
    await quiescence(app);
    expect(await standings(group)).toEqual({
      at_risk: falling,
      in: inside.map(({ externalId }) => externalId).filter((name) => name >= 'climber-150'),
      invited: invited.filter((name) => name >= 'climber-180'),
      none: invited.filter((name) => name < 'climber-180'),
    });
    for (const { externalId, userId } of crowd) {
      const warnings = (await app.telegram.inbox(userId)).filter(({ text }) => /karma has fallen/.test(text));
      expect(warnings).toHaveLength(falling.includes(externalId) ? 1 : 0);
    }

    const lowered = { ...rule, admitAt: 50 };
    const { preview: lower } = (await change(group, lowered, '?dryRun=true')) as unknown as Preview;
    expect(lower.recovered.members.map(({ member }) => member).toSorted()).toEqual(falling);
    const letIn = [...between(50, 100), ...invited.filter((name) => name < 'climber-180')];
    expect(lower.admitted.members.map(({ member }) => member).toSorted()).toEqual(letIn);
    await change(group, lowered);
    await quiescence(app);
    expect(await standings(group)).toEqual({
      in: inside.map(({ externalId }) => externalId),
      invited: [...between(50, 100), ...invited],
    });
    for (const { externalId, userId } of crowd.slice(5, 10)) {
      expect(between(50, 100)).toContain(externalId);
      await app.telegram.hears(userId, /The door to Heights/);
    }
  }, 45_000);

  it('for other audiences leaves out whoever is in none of them', async () => {
    const rule = { admitAt: 10, graceHours: 72 };
    const group = await community.group({ ...rule, audiences: ['bakers'] }, 'Bakery');
    const [baker] = await plantCrowd(app, community, ['baker'], { audiences: ['bakers'] });
    const [both] = await plantCrowd(app, community, ['both'], { audiences: ['bakers', 'cooks'] });
    const [cook] = await plantCrowd(app, community, ['cook'], { audiences: ['cooks'] });
    for (const name of ['baker', 'both', 'cook']) await community.earn(name, 10);
    await quiescence(app);
    await enter(group, [baker!, both!]);
    await change(group, { ...rule, audiences: ['cooks', 'waiters'] });
    await app.telegram.hears(cook!.userId, /The door to Bakery/);
    await app.telegram.hears(baker!.userId, /no longer have what Bakery asks for.*only for: cooks, waiters/s);
    await quiescence(app);
    expect(await standings(group)).toEqual({ at_risk: ['baker'], in: ['both'], invited: ['cook'] });
    // An audience gained is as good as one that was there.
    await app.api('/v1/members/baker', {
      method: 'PUT',
      bearer: community.sourceKey,
      body: { audiences: ['bakers', 'waiters'] },
    });
    await community.standing('baker', group.id, 'in');
  }, 30_000);

  it('lets somebody back in who unlinked their account and linked it again', async () => {
    const group = await community.group({ audiences: ['hoppers'], admitAt: 10, graceHours: 72 }, 'Pond');
    const { userId } = await community.member('frog', 10, { audiences: ['hoppers'] });
    await community.people.press(userId, /^Join/);
    await community.standing('frog', group.id, 'in');
    const unlink = { method: 'DELETE', bearer: community.sourceKey };
    expect((await app.api('/v1/members/frog/accounts/telegram', unlink)).status).toBe(204);
    expect((await app.api('/v1/members/frog/accounts/telegram', unlink)).status).toBe(404);
    await until(async () => (await app.telegram.status(group.chatId, userId)) === 'left', {
      what: 'the frog to be removed',
    });
    await community.standing('frog', group.id, 'none');
    await quiescence(app);
    // Without an account there is nobody to let in, whatever the link says.
    const link = await app.telegram.joinLink(group.chatId);
    await community.people.open(userId, link);
    await app.telegram.hears(userId, /Link your account first/);

    const ticket = await app.api<{ url: string }>('/v1/members/frog/tickets', {
      bearer: community.sourceKey,
      body: {},
    });
    await community.people.open(userId, ticket.body.url);
    await community.people.press(userId, /^Yes/);
    await community.standing('frog', group.id, 'invited');
    await community.people.open(userId, link);
    await community.standing('frog', group.id, 'in');
  }, 30_000);

  it('does not chase a member who left by choice, but lets them in when they ask', async () => {
    const group = await community.group({ audiences: ['cats'], admitAt: 10, graceHours: 72 }, 'Sofa');
    const { userId } = await community.member('cat', 10, { audiences: ['cats'] });
    await community.people.press(userId, /^Join/);
    await community.standing('cat', group.id, 'in');
    const invitations = async () =>
      (await app.telegram.inbox(userId)).filter(({ text }) => /The door to Sofa/.test(text)).length;
    expect(await invitations()).toBe(1);

    await app.telegram.act(`users/${userId}/leave`, { chatId: group.chatId });
    await community.standing('cat', group.id, 'left');
    await community.earn('cat', -10);
    await community.earn('cat', 500);
    await change(group, { audiences: ['cats'], admitAt: 5, graceHours: 72 });
    await quiescence(app);
    await community.standing('cat', group.id, 'left');
    expect(await invitations()).toBe(1);
    expect((await app.telegram.ask(userId, '/chats')).buttons).toEqual([
      [{ text: 'Join Sofa', url: await app.telegram.joinLink(group.chatId) }],
    ]);

    await community.people.press(userId, /^Join Sofa/);
    await community.standing('cat', group.id, 'in');
    // Whoever left and is short now is declined, and stays somebody who left.
    await app.telegram.act(`users/${userId}/leave`, { chatId: group.chatId });
    await community.standing('cat', group.id, 'left');
    await community.earn('cat', -500);
    await community.people.open(userId, await app.telegram.joinLink(group.chatId));
    await app.telegram.hears(userId, /Sofa is not open to you yet/);
    await quiescence(app);
    await community.standing('cat', group.id, 'left');
  }, 30_000);
});
