import { SandboxPeople } from '../../launch/demo/sandbox-people';
import { type TestApplication } from './application';
import { until } from './until';

export interface Community {
  readonly people: SandboxPeople;
  readonly sourceKey: string;
  readonly signingSecret: string;
  readonly keyId: number;
  /** A group whose chat exists in the sandbox and that the bot looks after with all its rights. */
  group(rule: Record<string, unknown>, title?: string): Promise<TestGroup>;
  /** A member with this karma and a linked Telegram account. */
  member(externalId: string, karma: number, profile?: Record<string, unknown>): Promise<TestMember>;
  /** Posts one karma event with an id of its own; returns the new balance. */
  earn(externalId: string, delta: number): Promise<number>;
  /** Waits until the member's standing in the group is this one. */
  standing(externalId: string, groupId: number, standing: string): Promise<void>;
}

export interface TestGroup {
  id: number;
  chatId: number;
  title: string;
  ownerId: number;
}

export interface TestMember {
  externalId: string;
  userId: number;
}

interface MemberBody {
  groups: { id: number; standing: string }[];
}

let serial = 0;

/** A site with a source, and the means to fill it with people and chats as they would come about in life. */
export async function startCommunity(app: TestApplication, name = 'Test Forum'): Promise<Community> {
  const people = new SandboxPeople(app.sandbox.url);
  const source = await app.admin<{ key: { id: number; key: string; signingSecret: string } }>('/v1/sources', {
    body: { name },
  });
  const { id: keyId, key: sourceKey, signingSecret } = source.body.key;
  const earn = async (externalId: string, delta: number): Promise<number> => {
    const body = { id: `event-${++serial}`, member: externalId, delta };
    const answer = await app.api<{ results: { karma: number }[] }>('/v1/events', { bearer: sourceKey, body });
    if (answer.status !== 200) throw new Error(`The event was refused: ${JSON.stringify(answer.body)}`);
    return answer.body.results[0]!.karma;
  };
  return {
    people,
    sourceKey,
    signingSecret,
    keyId,
    earn,
    group: (rule, title = 'Lounge') => plantGroup(app, people, rule, title),
    member: async (externalId, karma, profile = {}) => {
      const path = `/v1/members/${encodeURIComponent(externalId)}`;
      await app.api(path, {
        method: 'PUT',
        bearer: sourceKey,
        body: { displayName: externalId, ...profile },
      });
      if (karma !== 0) await earn(externalId, karma);
      const userId = await people.person(externalId, 'en');
      const ticket = await app.api<{ url: string }>(`${path}/tickets`, {
        method: 'POST',
        bearer: sourceKey,
        body: {},
      });
      await people.open(userId, ticket.body.url);
      await people.press(userId, /^(Yes|Да)/);
      await until(
        async () =>
          (await app.api<{ accounts: unknown[] }>(path, { bearer: sourceKey })).body.accounts.length === 1,
        {
          what: `${externalId} to be linked`,
        },
      );
      return { externalId, userId };
    },
    standing: async (externalId, groupId, standing) => {
      await until(
        async () => {
          const { body } = await app.api<MemberBody>(`/v1/members/${encodeURIComponent(externalId)}`, {
            bearer: sourceKey,
          });
          return body.groups.find(({ id }) => id === groupId)?.standing === standing;
        },
        { what: `${externalId} to be "${standing}"` },
      );
    },
  };
}

async function plantGroup(
  app: TestApplication,
  people: SandboxPeople,
  rule: Record<string, unknown>,
  title: string,
): Promise<TestGroup> {
  const ownerId = await people.person('Owner', 'en');
  const chatId = await people.chat(title, ownerId);
  const { body } = await app.admin<{ group: { id: number }; claim: { addBotUrl: string } }>('/v1/groups', {
    body: { title, rule },
  });
  await people.open(ownerId, body.claim.addBotUrl, chatId);
  await until(
    async () => (await app.admin<{ status: string }>(`/v1/groups/${body.group.id}`)).body.status === 'active',
    {
      what: `the bot to take care of ${title}`,
    },
  );
  return { id: body.group.id, chatId, title, ownerId };
}
