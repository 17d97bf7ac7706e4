import { createHash } from 'node:crypto';
import { startApplication, type TestApplication } from '../support/application';

interface Rule {
  version: number;
  audiences: string[];
  admitAt: number;
  keepAt: number;
  graceHours: number;
  admission: string;
  author: string;
  reason: string | null;
}

interface Group {
  id: number;
  title: string;
  status: string;
  trouble: string | null;
  rule: Rule | null;
  milestones: { karma: number; text: string | null }[];
}

interface Claim {
  addBotUrl: string;
  expiresAt: string;
}

const NOWHERE = 987_654;

let app: TestApplication;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
});

afterAll(() => app.stop());

const make = async (body: object = { title: 'Lounge' }) =>
  (await app.admin<{ group: Group; claim: Claim }>('/v1/groups', { body })).body;
const get = async (id: number) => (await app.admin<Group>(`/v1/groups/${id}`)).body;
const putRule = (id: number, body: object) =>
  app.admin<{ dryRun: false; group: Group }>(`/v1/groups/${id}/rule`, { method: 'PUT', body });
const putMilestones = (id: number, milestones: object[]) =>
  app.admin(`/v1/groups/${id}/milestones`, { method: 'PUT', body: { milestones } });
const tokenOf = ({ addBotUrl }: Claim) => new URL(addBotUrl).searchParams.get('startgroup')!;

describe('A group', () => {
  it('is nobody’s until its link has added the bot to a chat, with the rights it needs and no others', async () => {
    const { group, claim } = await make();

    expect(group).toMatchObject({ title: 'Lounge', status: 'unclaimed', trouble: null, rule: null });
    const { searchParams, href } = new URL(claim.addBotUrl);
    expect(href).toMatch(`https://t.me/${app.sandbox.botUsername}?startgroup=`);
    expect(searchParams.get('admin')).toBe('invite_users restrict_members pin_messages');
    expect(tokenOf(claim)).toMatch(/^[\w-]{22}$/);
    const lifetime = Date.parse(claim.expiresAt) - app.clock.now().getTime();
    expect(Math.round(lifetime / 3_600_000)).toBe(24);
  });

  it('has one link at a time, stored as a hash', async () => {
    const { group, claim } = await make();
    const again = await app.admin<Claim>(`/v1/groups/${group.id}/claim`, { method: 'POST' });

    expect(again.status).toBe(201);
    expect(tokenOf(again.body)).not.toBe(tokenOf(claim));
    const { rows } = await app.pool.query(`select claim_hash from groups where id = $1`, [group.id]);
    expect(rows).toEqual([{ claim_hash: createHash('sha256').update(tokenOf(again.body)).digest() }]);
  });

  it('may be made with its rule at once, and is listed with it', async () => {
    const { group } = await make({ title: 'Staff', rule: { audiences: ['staff'], admitAt: 10 } });
    const { body } = await app.admin<{ groups: Group[] }>('/v1/groups');

    expect(body.groups.find(({ id }) => id === group.id)).toEqual(group);
    expect(group.rule).toMatchObject({ version: 1, audiences: ['staff'], admitAt: 10, keepAt: 10 });
  });

  it('can be renamed, and is left as it is by a change of nothing', async () => {
    const { group } = await make();
    const patch = (body: object) => app.admin<Group>(`/v1/groups/${group.id}`, { method: 'PATCH', body });

    expect((await patch({ title: '  Salon  ' })).body.title).toBe('Salon');
    expect((await patch({})).body.title).toBe('Salon');
  });
});

describe('The rule of a group', () => {
  it('has a default for everything but the karma that opens the door', async () => {
    const { group } = await make();

    const { status, body } = await putRule(group.id, { admitAt: 500 });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      dryRun: false,
      group: {
        rule: {
          version: 1,
          audiences: [],
          admitAt: 500,
          keepAt: 500,
          graceHours: 72,
          admission: 'request',
          author: 'admin',
          reason: null,
        },
      },
    });
  });

  it('is written anew with every change, and the ones before are kept', async () => {
    const { group } = await make();
    await putRule(group.id, { admitAt: 500 });
    await putRule(group.id, {
      audiences: ['webmasters', 'staff', 'staff'],
      admitAt: -10,
      keepAt: -20,
      graceHours: 0.5,
      reason: 'summer',
    });

    expect((await get(group.id)).rule).toMatchObject({
      version: 2,
      audiences: ['staff', 'webmasters'],
      admitAt: -10,
      keepAt: -20,
      graceHours: 0.5,
      reason: 'summer',
    });
    const { rows } = await app.pool.query(
      `select version, admit_at, superseded_at is null as current from rules where group_id = $1 order by version`,
      [group.id],
    );
    expect(rows).toEqual([
      { version: 1, admit_at: 500, current: false },
      { version: 2, admit_at: -10, current: true },
    ]);
  });

  it('changed by many at once is one rule in the end, and every version is there', async () => {
    const { group } = await make();

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, admitAt) => putRule(group.id, { admitAt })),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { rows } = await app.pool.query<{ version: number; current: boolean }>(
      `select version, superseded_at is null as current from rules where group_id = $1 order by version`,
      [group.id],
    );
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(rows.filter(({ current }) => current)).toEqual([{ version: 10, current: true }]);
  });
});

describe('The milestones of a group', () => {
  const read = async (id: number) =>
    (await app.admin<{ milestones: unknown[] }>(`/v1/groups/${id}/milestones`)).body.milestones;

  it('are replaced as a whole, and read from the lowest to the highest', async () => {
    const { group } = await make();

    expect((await putMilestones(group.id, [{ karma: 2000, text: '{name}!' }, { karma: -5 }])).status).toBe(
      204,
    );
    expect(await read(group.id)).toEqual([
      { karma: -5, text: null },
      { karma: 2000, text: '{name}!' },
    ]);
    await putMilestones(group.id, [{ karma: 2000, text: null }, { karma: 3000 }]);
    expect(await read(group.id)).toEqual([
      { karma: 2000, text: null },
      { karma: 3000, text: null },
    ]);
    await putMilestones(group.id, []);
    expect(await read(group.id)).toEqual([]);
    expect((await get(group.id)).milestones).toEqual([]);
  });

  it('are those of the group alone', async () => {
    const [one, other] = [await make(), await make()];
    await putMilestones(one.group.id, [{ karma: 100 }]);
    await putMilestones(other.group.id, [{ karma: 100 }]);
    await putMilestones(other.group.id, []);

    expect(await read(one.group.id)).toHaveLength(1);
  });
});

describe('The members of a group', () => {
  interface Page {
    members: { member: string; karma: number; standing: string; reasons: unknown[] }[];
    next: string | null;
  }

  it('are listed page by page, all or those of one standing', async () => {
    const { group } = await make();
    await app.pool.query(
      `insert into members (external_id) select 'listed-' || n from generate_series(1, 25) n`,
    );
    await app.pool.query(
      `insert into memberships (member_id, group_id, standing, presence)
       select id, $1, case when id % 2 = 0 then 'in' else 'left' end, 'unknown' from members
       where external_id like 'listed-%'`,
      [group.id],
    );
    const read = async (query: string) =>
      (await app.admin<Page>(`/v1/groups/${group.id}/members?${query}`)).body;

    const names: string[] = [];
    for (let cursor = ''; ;) {
      const page = await read(`limit=10${cursor}`);
      names.push(...page.members.map(({ member }) => member));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(names.toSorted()).toEqual(Array.from({ length: 25 }, (_, n) => `listed-${n + 1}`).toSorted());
    const inside = await read('standing=in');
    expect(inside.members.every(({ standing }) => standing === 'in')).toBe(true);
    expect(inside.members.length).toBeGreaterThanOrEqual(12);
  });
});

describe('A group that does not exist', () => {
  it.each<[string, string, object | undefined]>([
    ['GET', '', undefined],
    ['PATCH', '', { title: 'Salon' }],
    ['POST', '/claim', undefined],
    ['PUT', '/rule', { admitAt: 1 }],
    ['PUT', '/rule?dryRun=true', { admitAt: 1 }],
    ['GET', '/milestones', undefined],
    ['PUT', '/milestones', { milestones: [] }],
    ['GET', '/members', undefined],
  ])('is not found: %s /v1/groups/987654%s', async (method, path, body) => {
    const answer = await app.admin(`/v1/groups/${NOWHERE}${path}`, { method, body });

    expect([answer.status, answer.body['type']]).toEqual([404, 'urn:karmagate:unknown-group']);
  });
});
