import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memberViewSchema } from '../../src/console/member-view.schema';
import { eventsAnswerSchema, karmaEventSchema } from '../../src/karma/event.schema';
import { newKeySchema } from '../../src/karma/sources.schema';
import { ticketSchema } from '../../src/people/members.schema';
import { problemSchema } from '../../src/platform/http/problem';
import { ADMIN_TOKEN, startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity } from '../support/community';
import { type FencedBlock, fencedBlocks } from '../support/fenced-blocks';
import { startUnreliableProxy } from '../support/unreliable-proxy';
import { until } from '../support/until';

// docs/sending-karma.md is followed from top to bottom, once in each language, as a webmaster would.
const blocks = fencedBlocks(join(__dirname, '../../docs/sending-karma.md'));

const languages = {
  bash: { programs: ['bash', 'curl', 'openssl'], extension: 'sh', command: ['bash', '-euo', 'pipefail'] },
  php: {
    programs: ['php'],
    extension: 'php',
    command: ['php', '-d', 'error_reporting=-1', '-d', 'display_errors=stderr', '-d', 'log_errors=0'],
  },
  js: { programs: [process.execPath], extension: 'mjs', command: [process.execPath] },
} as const;

type Language = keyof typeof languages;

const KEY_CHANGE = 'Changing the key without a gap';

let app: TestApplication;
let community: Community;
let sourceId: number;

beforeAll(async () => {
  app = await startApplication();
  community = await startCommunity(app, 'Forum of the document');
  await community.group({ admitAt: 1000, audiences: ['webmasters'] }, 'Lounge');
  const { body } = await app.admin<{ sources: { id: number }[] }>('/v1/sources');
  sourceId = body.sources[0]!.id;
});

afterAll(() => app.stop());

interface MemberBody {
  karma: number;
  displayName: string;
  locale: string;
  audiences: string[];
  accounts: object[];
  groups: { missing: number }[];
}

const member = async (externalId = '42') =>
  (await app.admin<Partial<MemberBody>>(`/v1/members/${externalId}`)).body;
const karma = async (externalId?: string) => (await member(externalId)).karma ?? 0;

interface Ran {
  stdout: string;
  stderr: string;
}

type Run = (variables?: Record<string, string>) => Promise<Ran>;

/** What comes of each example, by the heading it stands under and its place there. */
const examples: Record<string, ((run: Run) => Promise<void>)[]> = {
  'One event': [
    async (run) => {
      const before = await karma();
      const proxy = await startUnreliableProxy(app.url, ['lost', 'busy']);
      await run({ KARMAGATE_URL: proxy.url });
      await proxy.stop();
      expect(proxy.bodies).toEqual(Array(3).fill(proxy.bodies[0]));
      expect(await karma()).toBe(before + 10);
      const { stdout, stderr } = await run();
      expect(stdout).toMatch(new RegExp(`duplicate.*\\b${before + 10}\\b`));
      expect(stderr).toBe('');
      expect(await karma()).toBe(before + 10);
    },
  ],
  'A batch': [
    async (run) => {
      const before = [await karma(), await karma('43')] as const;
      const { stdout, stderr } = await run();
      expect(stdout.match(/accepted(?!:)/g)?.length).toBeGreaterThanOrEqual(3);
      expect(stderr).toBe('');
      await run();
      expect(await karma()).toBe(before[0] + 25);
      expect(await karma('43')).toBe(before[1] - 50);
      expect((await member('43')).audiences).toEqual(['webmasters']);
    },
  ],
  'Taking an event back': [
    async (run) => {
      const before = await karma();
      expect(await run()).toEqual({ stdout: expect.stringContaining('accepted'), stderr: '' });
      expect(await run()).toEqual({ stdout: expect.stringContaining('duplicate'), stderr: '' });
      expect(await karma()).toBe(before - 10);
    },
  ],
  'Signing instead of sending the key': [
    async (run) => {
      const before = await karma();
      const forged = `whsec_${Buffer.alloc(32).toString('base64')}`;
      await run({ KARMAGATE_SIGNING_SECRET: forged }).catch(() => undefined);
      expect(await karma()).toBe(before);
      expect(await run({ KARMAGATE_KEY: '' })).toEqual({
        stdout: expect.stringContaining('accepted'),
        stderr: '',
      });
      expect(await karma()).toBe(before + 10);
    },
  ],
  Members: [
    async (run) => {
      const unknown = { displayName: '?', audiences: [], locale: 'ru' };
      await app.api('/v1/members/42', { method: 'PUT', bearer: community.sourceKey, body: unknown });
      expect(await run()).toEqual({ stdout: '', stderr: '' });
      expect(await member()).toMatchObject({
        displayName: 'Rosa',
        audiences: ['webmasters'],
        locale: 'en',
      });
    },
  ],
  'Linking a Telegram account': [
    async (run) => {
      const { stdout, stderr } = await run();
      expect(stderr).toBe('');
      expect(stdout).toContain('<svg');
      const [url] = /https:\/\/t\.me\/\w+\?start=[\w-]+/.exec(stdout)!;
      const userId = await community.people.person('Rosa', 'en');
      await community.people.open(userId, url);
      await community.people.press(userId, /^Yes/);
      await until(async () => (await member()).accounts?.length === 1, { what: 'the account to be linked' });
    },
  ],
  'Where a member stands': [
    async (run) => {
      const { stdout, stderr } = await run();
      const { missing } = (await member()).groups![0]!;
      expect(missing).toBeGreaterThan(0);
      expect(stderr).toBe('');
      expect(stdout).toMatch(new RegExp(`Lounge.*\\b${missing}\\b`));
    },
  ],
  Unlinking: [
    async (run) => {
      expect((await member()).accounts).toHaveLength(1);
      expect(await run()).toEqual({ stdout: '', stderr: '' });
      expect((await member()).accounts).toEqual([]);
    },
  ],
  [KEY_CHANGE]: [
    async (run) => {
      const { key } = newKeySchema.parse(JSON.parse((await run()).stdout));
      expect((await app.api('/v1/members/42', { bearer: key })).status).toBe(200);
    },
    async (run) => {
      const { key, id } = await newKey();
      expect((await app.api('/v1/members/42', { bearer: key })).status).toBe(200);
      expect(await run({ KARMAGATE_KEY_ID: String(id) })).toEqual({ stdout: '', stderr: '' });
      expect((await app.api('/v1/members/42', { bearer: key })).status).toBe(401);
    },
  ],
};

async function newKey() {
  const path = `/v1/sources/${sourceId}/keys`;
  return newKeySchema.parse((await app.admin(path, { method: 'POST' })).body);
}

describe.each(Object.keys(languages) as Language[])('The guide to sending karma, in %s', (language) => {
  const { programs, extension, command } = languages[language];
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error);
  const [test, note] = missing.length > 0 ? [it.skip, `: skipped, there is no ${missing}`] : [it, ''];
  const own = blocks.filter((block) => block.language === language);
  const places = new Map<string, number>();
  let folder: string;
  let variables: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'karmagate-guide-'));
    for (const { file, code } of own) if (file) await writeFile(join(folder, file), code);
    const { id, key, signingSecret } = await newKey();
    variables = {
      PATH: process.env['PATH'] ?? '',
      KARMAGATE_URL: app.url,
      KARMAGATE_KEY: key,
      KARMAGATE_KEY_ID: String(id),
      KARMAGATE_SIGNING_SECRET: signingSecret,
      KARMAGATE_SOURCE_ID: String(sourceId),
      KARMAGATE_ADMIN_TOKEN: ADMIN_TOKEN,
    };
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = async ({ line, code }: FencedBlock, more: Record<string, string> = {}): Promise<Ran> => {
    const script = join(folder, `line-${line}.${extension}`);
    await writeFile(script, code);
    const [program, ...options] = command;
    const env = { ...variables, ...more };
    return promisify(execFile)(program, [...options, script], { cwd: folder, env, timeout: 25_000 });
  };

  for (const block of own.filter(({ file }) => !file)) {
    const place = places.get(block.heading) ?? 0;
    places.set(block.heading, place + 1);
    test(`does what it says in line ${block.line}: ${block.heading}${note}`, async () => {
      const example = examples[block.heading]?.[place];
      if (!example) throw new Error('Nobody has written down what should come of this example.');
      await example((more) => run(block, more));
    });
  }

  it('leaves nothing out', () => {
    const expected = Object.entries(examples).map(([heading, { length }]) => [heading, length]);
    const administrative = ([heading]: unknown[]) => language !== 'bash' && heading === KEY_CHANGE;
    expect([...places]).toEqual(expected.filter((entry) => !administrative(entry)));
  });
});

describe('The guide to sending karma', () => {
  const json = blocks.filter(({ language }) => language === 'json');
  const shapes = {
    'One event': [karmaEventSchema, eventsAnswerSchema],
    'When to send again': [problemSchema],
    'Linking a Telegram account': [ticketSchema],
    'Where a member stands': [memberViewSchema],
    [KEY_CHANGE]: [newKeySchema],
  };

  it('shows events and answers in the shape they have', () => {
    const schemas = Object.entries(shapes).flatMap(([heading, list]) =>
      list.map((schema) => ({ heading, schema })),
    );
    expect(json.map(({ heading }) => heading)).toEqual(schemas.map(({ heading }) => heading));
    json.forEach(({ code }, index) => {
      const shown = JSON.parse(code) as unknown;
      expect(schemas[index]!.schema.parse(shown)).toEqual(shown);
    });
  });

  it('quotes the refusal of a wrong key word for word', async () => {
    const shown = json.find(({ heading }) => heading === 'When to send again')!;
    const { body } = await app.api('/v1/members/42', { bearer: 'kgk_wrong' });
    expect(body).toEqual(JSON.parse(shown.code));
  });
});
