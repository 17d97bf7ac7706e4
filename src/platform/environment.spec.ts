import { Environment, InvalidEnvironment } from './environment';

const COMPLETE = {
  DATABASE_URL: 'postgres://gate:secret@localhost:5432/karmagate',
  TELEGRAM_BOT_TOKEN: '123456789:AAHabcdefghijklmnopqrstuvwxyz012345',
  ADMIN_TOKEN: 'sixteen-characters',
  SECRET_KEY: 'thirty-two-characters-at-the-very-least',
};

function problemsOf(changes: Record<string, string | undefined>): string[] {
  try {
    Environment.read({ ...COMPLETE, ...changes });
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.problems;
    throw error;
  }
  return [];
}

describe('The configuration', () => {
  it('needs four variables and has a default for every other', () => {
    const environment = Environment.read(COMPLETE);

    expect(environment.roles).toEqual(['api', 'worker', 'bot']);
    expect([environment.host, environment.port]).toEqual(['0.0.0.0', 3000]);
    expect(environment.redisUrl).toBeUndefined();
    expect(environment.telegram).toMatchObject({
      apiRoot: 'https://api.telegram.org',
      webhookUrl: undefined,
      messagesPerSecond: 30,
    });
  });

  it('treats an empty variable as one that is not set', () => {
    expect(Environment.read({ ...COMPLETE, PORT: '', REDIS_URL: '' }).port).toBe(3000);
    expect(problemsOf({ ADMIN_TOKEN: '' })).toEqual(['ADMIN_TOKEN is missing']);
  });

  it('takes roles as a list with or without spaces', () => {
    expect(Environment.read({ ...COMPLETE, ROLES: 'api, worker' }).roles).toEqual(['api', 'worker']);
  });

  it.each([
    ['DATABASE_URL', 'mysql://localhost/karma'],
    ['DATABASE_URL', 'localhost:5432'],
    ['REDIS_URL', 'localhost'],
    ['QUEUE_PREFIX', 'with space'],
    ['TELEGRAM_BOT_TOKEN', 'my-token'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['TELEGRAM_WEBHOOK_URL', 'gate.example'],
    ['TELEGRAM_MESSAGES_PER_SECOND', '0'],
    ['TELEGRAM_MESSAGES_PER_SECOND', 'fast'],
    ['ADMIN_TOKEN', 'short'],
    ['SECRET_KEY', 'too short to be a secret'],
    ['DEFAULT_LOCALE', 'de'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PORT', '3000.5'],
    ['TRUST_PROXY', 'yes'],
    ['REQUESTS_PER_MINUTE', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['ROLES', 'api,cook,gardener'],
    ['ROLES', ','],
  ])('says in one readable sentence what %s=%s should be', (name, value) => {
    const [problem, ...others] = problemsOf({ [name]: value });

    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name} must [a-z ].{5,}`));
    expect(problem).not.toMatch(/expected|received|invalid|pattern|NaN/i);
  });

  it('names everything that is wrong at once, and where to read on', () => {
    expect(() => Environment.read({ PORT: '99999' })).toThrow(
      /DATABASE_URL is missing; TELEGRAM_BOT_TOKEN is missing; ADMIN_TOKEN is missing; .*PORT must .*\. See the configuration table in README.md\.$/,
    );
  });

  it('does not repeat a secret that is wrong', () => {
    for (const name of ['TELEGRAM_BOT_TOKEN', 'ADMIN_TOKEN', 'SECRET_KEY']) {
      expect(problemsOf({ [name]: 'hunter2' }).join()).not.toContain('hunter2');
    }
  });
});
