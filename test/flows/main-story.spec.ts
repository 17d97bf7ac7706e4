import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { http } from '../support/http';
import { until } from '../support/until';

interface ChatView {
  members: { userId: number; status: string }[];
  pins: { messageId: number; text: string }[];
}

describe('A member earns their way in, falls and recovers', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication();
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 500, keepAt: 400, graceHours: 72 }, 'Lounge');
    await app.admin(`/v1/groups/${lounge.id}/milestones`, {
      method: 'PUT',
      body: { milestones: [{ karma: 1000 }, { karma: 2000, text: '{name} made {karma}' }] },
    });
  });

  afterAll(() => app.stop());

  const chat = async () => (await http<ChatView>(`${app.sandbox.url}/sandbox/chats/${lounge.chatId}`)).body;
  const isIn = async (userId: number) =>
    (await chat()).members.some((member) => member.userId === userId && member.status === 'member');
  const inbox = async (userId: number) =>
    (
      await http<{ messages: { text: string }[] }>(`${app.sandbox.url}/sandbox/users/${userId}/inbox`)
    ).body.messages.map(({ text }) => text);
  const hears = (userId: number, pattern: RegExp) =>
    until(async () => (await inbox(userId)).some((text) => pattern.test(text)), {
      what: `a message like ${pattern}`,
    });

  it('is let in at the threshold, celebrated at a milestone, warned below, safe again above', async () => {
    const { userId } = await community.member('rosa', 490);
    await community.earn('rosa', 10);
    await hears(userId, /door to Lounge is open/);
    await community.people.press(userId, /^Join/);
    await until(() => isIn(userId), { what: 'rosa to be inside' });
    await community.standing('rosa', lounge.id, 'in');

    await community.earn('rosa', 1000);
    await until(
      async () => (await chat()).pins.some(({ text }) => /rosa has reached 1,000 karma/.test(text)),
      {
        what: 'the milestone to be pinned',
      },
    );
    await community.earn('rosa', 600);
    await until(
      async () => {
        const { pins } = await chat();
        return pins.length === 1 && /rosa made 2,000/.test(pins[0]!.text);
      },
      { what: 'the next milestone to take its place' },
    );

    await community.earn('rosa', -1701);
    await hears(userId, /fallen to 399.*asks for 400.*One more point/s);
    expect(await isIn(userId)).toBe(true);
    await community.earn('rosa', 1);
    await hears(userId, /safe again in Lounge/);
    await community.standing('rosa', lounge.id, 'in');
  });

  it('is removed when the grace is over, not banned, and comes back when entitled again', async () => {
    const { userId } = await community.member('tim', 500);
    await community.people.press(userId, /^Join/);
    await community.standing('tim', lounge.id, 'in');
    await community.earn('tim', -200);
    await community.standing('tim', lounge.id, 'at_risk');
    app.clock.forward({ hours: 71 });
    await community.earn('tim', 1);
    expect(await isIn(userId)).toBe(true);
    app.clock.forward({ hours: 2 });
    await hears(userId, /removed from Lounge/);
    expect((await chat()).members.find((member) => member.userId === userId)?.status ?? 'left').toBe('left');
    await community.earn('tim', 300);
    await community.standing('tim', lounge.id, 'invited');
    await community.people.press(userId, /^Join/);
    await until(() => isIn(userId), { what: 'tim to be inside again' });
  });

  it('is told at the door what is missing', async () => {
    const { userId } = await community.member('uma', 120);
    const { rows } = await app.pool.query<{ invite_link: string }>(
      'select invite_link from groups where id = $1',
      [lounge.id],
    );
    await community.people.open(userId, rows[0]!.invite_link);
    await hears(userId, /not open to you yet.*120 of 500 karma: 380 points to go/s);
    expect(await isIn(userId)).toBe(false);
  });
});
