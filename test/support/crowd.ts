import type { TestApplication } from './application';
import type { Community, TestGroup, TestMember } from './community';

/**
 * Many members at once, each with a linked account and a private chat with the bot: planted where linking would leave
 * them, because it is not what these tests are about.
 */
export async function plantCrowd(
  app: TestApplication,
  community: Community,
  names: readonly string[],
  profile: Record<string, unknown> = {},
): Promise<TestMember[]> {
  const members = await Promise.all(
    names.map(async (externalId) => {
      const path = `/v1/members/${encodeURIComponent(externalId)}`;
      const body = { displayName: externalId, ...profile };
      const { status } = await app.api(path, { method: 'PUT', bearer: community.sourceKey, body });
      if (status !== 204) throw new Error(`${externalId} could not be made: ${status}`);
      return { externalId, userId: await community.people.person(externalId, 'en') };
    }),
  );
  for (const { userId } of members) {
    Object.assign(app.sandbox.world.people.get(userId)!, { started: true, met: true });
  }
  await app.pool.query(
    `with linked as (
       insert into accounts (member_id, platform, platform_user_id, display_name, linked_at, linked_via)
       select members.id, 'telegram', given.user_id, external_id, now(), 'ticket'
       from unnest($1::text[], $2::text[]) as given (external_id, user_id) join members using (external_id)
       returning member_id
     )
     insert into karma_balances (member_id, karma) select member_id, 0 from linked on conflict do nothing`,
    [names, members.map(({ userId }) => String(userId))],
  );
  return members;
}

/** A planted member who has earned this karma, was invited, and is inside the group. */
export async function plantInsider(
  app: TestApplication,
  community: Community,
  group: TestGroup,
  name: string,
  { karma = 100, ...profile }: { karma?: number; audiences?: string[] } = {},
): Promise<TestMember> {
  const [member] = await plantCrowd(app, community, [name], profile);
  await community.earn(name, karma);
  await community.people.press(member!.userId, new RegExp(`^Join ${group.title}`));
  await community.standing(name, group.id, 'in');
  return member!;
}
