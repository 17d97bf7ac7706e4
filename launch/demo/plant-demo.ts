import { type Demo, type DemoGroup, keepDemo, readDemo } from './demo';
import { demoGroups, demoPeople, type DemoPerson } from './demo-people';
import { awaited, httpJson } from './http-json';
import { SandboxPeople } from './sandbox-people';

export interface DemoPlace {
  apiUrl: string;
  sandboxUrl: string;
  adminToken: string;
  dataDir: string;
}

/**
 * Plants a community on the first start, the way a site and its people would: over the API and in the sandbox. A later
 * start finds it again; what was begun and not finished is left alone.
 */
export async function plantDemo(place: DemoPlace): Promise<Demo | undefined> {
  const { apiUrl, sandboxUrl, adminToken, dataDir } = place;
  const kept = await readDemo(dataDir);
  if (kept) {
    const demo = { ...kept, apiUrl, sandboxUrl };
    await keepDemo(dataDir, demo);
    return demo;
  }
  const { groups: existing } = await httpJson<{ groups: unknown[] }>(
    'GET',
    `${apiUrl}/v1/groups`,
    undefined,
    adminToken,
  );
  const { sources } = await httpJson<{ sources: unknown[] }>(
    'GET',
    `${apiUrl}/v1/sources`,
    undefined,
    adminToken,
  );
  if (existing.length > 0 || sources.length > 0) {
    process.stdout.write(
      `A first start was cut short while it planted the demo community: delete ${dataDir} to see it whole.\n`,
    );
    return undefined;
  }

  const people = new SandboxPeople(sandboxUrl);
  const ownerId = await people.person('Olga, who owns the chats', 'en');
  const { key } = await httpJson<{ key: { key: string } }>(
    'POST',
    `${apiUrl}/v1/sources`,
    { name: 'Demo Forum' },
    adminToken,
  );
  const groups: DemoGroup[] = [];
  for (const group of demoGroups) groups.push(await plantGroup(place, people, ownerId, group));
  const userIds = new Map<string, number>();
  for (const person of demoPeople)
    userIds.set(person.externalId, await plantPerson(place, people, key.key, person));
  for (const { externalId, group } of firstGuests) {
    await people.press(userIds.get(externalId)!, new RegExp(group));
  }
  const demo: Demo = {
    apiUrl,
    sandboxUrl,
    sourceKey: key.key,
    ownerId,
    groups,
    newcomer: {
      externalId: 'anna',
      name: 'Anna',
      userId: userIds.get('anna')!,
      group: groups[0]!.title,
      delta: 10,
    },
  };
  await keepDemo(dataDir, demo);
  return demo;
}

/** Who takes the invitation at once, so that the chats are not empty. */
const firstGuests = [
  { externalId: 'boris', group: 'Webmasters Lounge' },
  { externalId: 'chen', group: 'Webmasters Lounge' },
  { externalId: 'chen', group: 'Customer Corner' },
  { externalId: 'emil', group: 'Customer Corner' },
  { externalId: 'gleb', group: 'Customer Corner' },
];

async function plantGroup(
  { apiUrl, adminToken }: DemoPlace,
  people: SandboxPeople,
  ownerId: number,
  { title, rule, milestones }: (typeof demoGroups)[number],
): Promise<DemoGroup> {
  const chatId = await people.chat(title, ownerId);
  const { group, claim } = await httpJson<{ group: { id: number }; claim: { addBotUrl: string } }>(
    'POST',
    `${apiUrl}/v1/groups`,
    { title, rule },
    adminToken,
  );
  const path = `${apiUrl}/v1/groups/${group.id}`;
  await httpJson(
    'PUT',
    `${path}/milestones`,
    { milestones: milestones.map((karma) => ({ karma })) },
    adminToken,
  );
  await people.open(ownerId, claim.addBotUrl, chatId);
  await awaited(`the bot to take care of ${title}`, async () => {
    const { status } = await httpJson<{ status: string }>('GET', path, undefined, adminToken);
    return status === 'active' ? true : undefined;
  });
  return { id: group.id, title, chatId };
}

async function plantPerson(
  { apiUrl }: DemoPlace,
  people: SandboxPeople,
  sourceKey: string,
  { externalId, name, language, audiences, karma, linked }: DemoPerson,
): Promise<number> {
  const path = `${apiUrl}/v1/members/${externalId}`;
  await httpJson('PUT', path, { displayName: name, audiences, locale: language }, sourceKey);
  const event = { id: `demo-start-${externalId}`, member: externalId, delta: karma, reason: 'earned before' };
  await httpJson('POST', `${apiUrl}/v1/events`, event, sourceKey);
  const userId = await people.person(name, language);
  if (linked) {
    const { url } = await httpJson<{ url: string }>('POST', `${path}/tickets`, {}, sourceKey);
    await people.open(userId, url);
    await people.press(userId, /^(Yes|Да)/);
  }
  return userId;
}
