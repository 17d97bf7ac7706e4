import { putDueMembers } from '../../src/jobs/due-members';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { plantCrowd } from '../support/crowd';
import { startApplication, type TestApplication } from '../support/application';
import { everythingStored } from '../support/everything-stored';
import { quiescence } from '../support/quiescence';

type Consequence = 'admitted' | 'warned' | 'removed' | 'recovered';
type Preview = Record<Consequence, { count: number; members: { member: string; karma: number }[] }>;

interface Seen {
  standing: string;
  invites: number;
  removals: number;
}

/** Members by where they stand, so that every consequence has somebody; the number is their karma. */
const OUTSIDE = [100, 300, 400, 450, 499, 500, 600];
const INSIDE = [150, 300, 399, 400, 450, 500, 900];

describe('A preview of a rule', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication();
    community = await startCommunity(app);
    lounge = await community.group({ admitAt: 500, keepAt: 400, graceHours: 72 });
  });

  afterAll(() => app.stop());

  const names = [...OUTSIDE.map((karma) => `out-${karma}`), ...INSIDE.map((karma) => `in-${karma}`)];
  const staff = new Set(['out-600', 'out-300', 'in-150', 'in-900']);

  beforeAll(async () => {
    await plantCrowd(app, community, names);
    for (const name of staff) {
      const path = `/v1/members/${name}`;
      await app.api(path, { method: 'PUT', bearer: community.sourceKey, body: { audiences: ['staff'] } });
    }
    // As if they had been let in long ago: the platform says they are there.
    await app.pool.query(
      `insert into memberships (member_id, group_id, platform_user_id, presence, standing)
       select id, $1, platform_user_id, 'in', 'in' from members join accounts on member_id = id
       where external_id like 'in-%'`,
      [lounge.id],
    );
    await Promise.all(names.map((name) => community.earn(name, Number(name.split('-')[1]))));
    const everyone = await app.pool.query<{ id: number }>('select id from members');
    await putDueMembers(
      app.pool,
      everyone.rows.map(({ id }) => id),
    );
    await quiescence(app);
  });

  async function put(rule: object, dryRun: boolean): Promise<Preview> {
    const { status, body } = await app.admin<{ preview: Preview }>(
      `/v1/groups/${lounge.id}/rule?dryRun=${dryRun}`,
      { method: 'PUT', body: rule },
    );
    expect(status).toBe(200);
    return body.preview;
  }

  async function everybody(): Promise<Map<string, Seen>> {
    const { rows } = await app.pool.query<Seen & { name: string }>(
      `select external_id as name, coalesce(standing, 'none') as standing,
              (select count(*) from effects where member_id = members.id and kind = 'invite') as invites,
              (select count(*) from effects where member_id = members.id and kind = 'remove') as removals
       from members left join memberships on member_id = id and group_id = $1`,
      [lounge.id],
    );
    return new Map(rows.map(({ name, ...seen }) => [name, seen]));
  }

  /** What became of people, told by where they stood before and after. */
  function consequences(before: Map<string, Seen>, after: Map<string, Seen>): Record<Consequence, string[]> {
    const those = (is: (was: Seen, now: Seen) => boolean) =>
      names.filter((name) => is(before.get(name)!, after.get(name)!)).toSorted();
    return {
      admitted: those((was, now) => now.invites > was.invites),
      warned: those((was, now) => was.standing === 'in' && now.standing === 'at_risk'),
      removed: those((was, now) => now.removals > was.removals),
      recovered: those((was, now) => was.standing === 'at_risk' && now.standing === 'in'),
    };
  }

  const told = (preview: Preview): Record<string, string[]> =>
    Object.fromEntries(
      Object.entries(preview).map(([what, { members }]) => [
        what,
        members.map(({ member }) => member).toSorted(),
      ]),
    );

  it.each<[string, object, Partial<Record<Consequence, number>>]>([
    ['a lower door lets more in', { admitAt: 400, keepAt: 400, graceHours: 72 }, { admitted: 3 }],
    ['a higher floor warns', { admitAt: 500, keepAt: 450, graceHours: 72 }, { warned: 1 }],
    [
      'other audiences warn whoever is in none of them',
      { audiences: ['staff'], admitAt: 300 },
      { admitted: 1 },
    ],
    [
      'the rule of before takes the warnings back',
      { admitAt: 500, keepAt: 400, graceHours: 72 },
      { recovered: 3 },
    ],
    [
      'a lower floor takes more of them back',
      { admitAt: 500, keepAt: 300, graceHours: 72 },
      { recovered: 2 },
    ],
    ['the same rule means nothing', { admitAt: 500, keepAt: 300, graceHours: 72 }, {}],
    [
      'another grace means nothing to those who have theirs',
      { admitAt: 500, keepAt: 300, graceHours: 1 },
      {},
    ],
  ])('is what then happens: %s', async (_, rule, expected) => {
    const before = await everybody();
    const preview = await put(rule, true);

    await put(rule, false);
    await quiescence(app);

    expect(told(preview)).toEqual(consequences(before, await everybody()));
    for (const [what, count] of Object.entries(expected))
      expect(preview[what as Consequence].count).toBe(count);
  });

  it('changes nothing', async () => {
    const before = await everythingStored(app.pool);

    await put({ admitAt: -1e9, keepAt: -1e9 }, true);

    expect(await everythingStored(app.pool)).toBe(before);
  });

  it('does not count those again whose removal or admission is under way', async () => {
    await plantCrowd(app, community, ['leaving', 'at-the-door']);
    await quiescence(app);
    await app.pool.query(
      `insert into memberships (member_id, group_id, platform_user_id, presence, standing)
       select id, $1, platform_user_id, case external_id when 'leaving' then 'in' else 'requested' end,
              case external_id when 'leaving' then 'leaving' else 'invited' end
       from members join accounts on member_id = id where external_id in ('leaving', 'at-the-door')`,
      [lounge.id],
    );

    const closed = told(await put({ audiences: ['nobody'], admitAt: 0 }, true));
    const open = told(await put({ audiences: [], admitAt: -1e9 }, true));

    expect(closed.removed).not.toContain('leaving');
    expect(open.admitted).not.toContain('at-the-door');
    expect(open.recovered).toContain('leaving');
  });

  it('names those with the most karma first, and counts the others', async () => {
    const preview = await put({ admitAt: 1e9, keepAt: 1e9 }, true);

    const karma = preview.warned.members.map((member) => member.karma);
    expect(karma).toEqual(karma.toSorted((a, b) => b - a));
    expect(preview.warned.count).toBe(preview.warned.members.length);
  });
});
