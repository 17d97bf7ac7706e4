import { z } from 'zod';
import { LOCALES } from './locale';

/** Everything the process is told from outside. Nothing else in the application reads process.env. */
const roles = ['api', 'worker', 'bot'] as const;

const number = (lowest: number, highest: number) => {
  const error = `must be a whole number from ${lowest} to ${highest}`;
  return z.coerce.number({ error }).int({ error }).min(lowest, { error }).max(highest, { error });
};

const choice = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const webAddress = z.url({
  protocol: /^https?$/,
  error: 'must be an address that begins with https:// or http://',
});

const schema = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be an address like postgres://user:password@host:5432/karmagate',
  }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be an address like redis://host:6379' }).optional(),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[\w-]+$/, { error: 'must consist of letters, digits, "_" and "-"' })
    .default('karmagate'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, { error: 'must look like 123456:ABC… as @BotFather shows it' }),
  TELEGRAM_API_ROOT: webAddress.default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_URL: webAddress.optional(),
  TELEGRAM_MESSAGES_PER_SECOND: number(1, 1000).default(30),
  ADMIN_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }),
  SECRET_KEY: z.string().min(32, { error: 'must have at least 32 characters' }),
  DEFAULT_LOCALE: choice(LOCALES).default('en'),
  HOST: z.string().default('0.0.0.0'),
  PORT: number(0, 65_535).default(3000),
  TRUST_PROXY: choice(['true', 'false']).default('false'),
  REQUESTS_PER_MINUTE: number(1, 1_000_000_000).default(6000),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ROLES: z
    .string()
    .default(roles.join(','))
    .transform((list) => list.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles, { error: `must be a list out of ${roles.join(', ')}` })).min(1)),
});

type Variables = z.output<typeof schema>;
export type Role = (typeof roles)[number];

export class Environment {
  private constructor(private readonly variables: Variables) {}

  /** @throws InvalidEnvironment naming every variable that is wrong, and what it should be. */
  static read(source: Record<string, string | undefined>): Environment {
    const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
    const parsed = schema.safeParse(given);
    if (parsed.success) return new Environment(parsed.data);
    const problems = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
    });
    throw new InvalidEnvironment([...new Set(problems)]);
  }

  get databaseUrl() {
    return this.variables.DATABASE_URL;
  }
  get redisUrl() {
    return this.variables.REDIS_URL;
  }
  get queuePrefix() {
    return this.variables.QUEUE_PREFIX;
  }
  get roles(): readonly Role[] {
    return this.variables.ROLES;
  }
  get host() {
    return this.variables.HOST;
  }
  get port() {
    return this.variables.PORT;
  }
  get adminToken() {
    return this.variables.ADMIN_TOKEN;
  }
  get secretKey() {
    return this.variables.SECRET_KEY;
  }
  get defaultLocale() {
    return this.variables.DEFAULT_LOCALE;
  }
  get trustProxy() {
    return this.variables.TRUST_PROXY === 'true';
  }
  get logLevel() {
    return this.variables.LOG_LEVEL;
  }
  get requestsPerMinute() {
    return this.variables.REQUESTS_PER_MINUTE;
  }
  get telegram() {
    return {
      botToken: this.variables.TELEGRAM_BOT_TOKEN,
      apiRoot: this.variables.TELEGRAM_API_ROOT,
      webhookUrl: this.variables.TELEGRAM_WEBHOOK_URL,
      messagesPerSecond: this.variables.TELEGRAM_MESSAGES_PER_SECOND,
    };
  }
}

export class InvalidEnvironment extends Error {
  constructor(readonly problems: string[]) {
    super(`The configuration is wrong: ${problems.join('; ')}. See the configuration table in README.md.`);
  }
}
