import { setTimeout as wait } from 'node:timers/promises';
import type { Demo } from './demo';
import { awaited, httpJson } from './http-json';
import { SandboxPeople } from './sandbox-people';

interface MemberView {
  karma: number;
  groups: { title: string; standing: string }[];
}

const GROUP = 'Webmasters Lounge';

/**
 * A newcomer's story, told as it happens: a link, likes, an accepted answer, the door, a milestone, a fall, a recovery.
 * Every run has a hero of its own, so that it can be told again.
 */
export async function playStory(demo: Demo, { pauseMs }: { pauseMs: number }): Promise<void> {
  const serial = Date.now().toString(36);
  const hero = `mira-${serial}`;
  const people = new SandboxPeople(demo.sandboxUrl);
  const path = `${demo.apiUrl}/v1/members/${hero}`;
  const see = () => httpJson<MemberView>('GET', path, undefined, demo.sourceKey);
  let events = 0;

  const tell = async (sentence: string): Promise<void> => {
    process.stdout.write(`${sentence}\n`);
    await wait(pauseMs);
  };
  const earn = async (delta: number, reason: string): Promise<void> => {
    const event = { id: `${hero}-${++events}`, member: hero, delta, reason };
    const { results } = await httpJson<{ results: { karma: number }[] }>(
      'POST',
      `${demo.apiUrl}/v1/events`,
      event,
      demo.sourceKey,
    );
    await tell(
      `  ${delta > 0 ? '+' : '−'}${Math.abs(delta)} ${reason}: Mira has ${results[0]!.karma} karma.`,
    );
  };
  const standing = async (wanted: string): Promise<void> => {
    await awaited(`Mira to be "${wanted}"`, async () => {
      const { groups } = await see();
      return groups.find(({ title }) => title === GROUP)?.standing === wanted ? true : undefined;
    });
    await tell(`  → In "${GROUP}" Mira is now: ${wanted}.`);
  };

  await tell(`Watch it at ${demo.sandboxUrl}, as Mira.\n`);
  await tell('1. Mira joins the community site as a webmaster, and links her Telegram account.');
  await httpJson(
    'PUT',
    path,
    { displayName: 'Mira', audiences: ['webmasters'], locale: 'en' },
    demo.sourceKey,
  );
  const userId = await people.person('Mira', 'en');
  const { url } = await httpJson<{ url: string }>('POST', `${path}/tickets`, {}, demo.sourceKey);
  await people.open(userId, url);
  await tell('  The bot asks whether it is really her.');
  await people.press(userId, /^Yes/);
  await tell('  She says yes.');

  await tell('\n2. She writes, and is liked.');
  for (let like = 0; like < 3; like += 1) await earn(10, 'a like');
  await tell('  /karma shows how far the door is.');
  await people.write(userId, '/karma');

  await tell('\n3. Her answer is accepted, and the door opens.');
  await earn(475, 'accepted answer');
  await standing('invited');
  await people.press(userId, /^Join/);
  await standing('in');

  await tell('\n4. A moderator thanks her for a guide. The group hears of it.');
  await earn(1000, 'a guide that everybody needed');
  await people.seePin(demo.groups.find(({ title }) => title === GROUP)!.chatId, /Mira/);
  await tell('  → A milestone is posted and pinned.');

  await tell('\n5. Then she falls.');
  await earn(-1100, 'copied text, found out');
  await standing('at_risk');
  await tell('  She is warned, and has three days.');

  await tell('\n6. She makes up for it.');
  await earn(60, 'an apology and a better text');
  await standing('in');
  await tell('\nThat is what karmagate does.');
}
