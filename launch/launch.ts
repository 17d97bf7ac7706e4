import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DEFAULT_TOKEN } from '../sandbox/default-bot';
import { startSandbox } from '../sandbox/start-sandbox';
import { Environment } from '../src/platform/environment';
import { migrate } from '../src/platform/database/migrate';
import { createApplication } from '../src/roles/create-application';
import { listen } from '../src/roles/listen';
import { greet } from './greet';
import { keepSecret } from './keep-secret';
import { LaunchError } from './launch-error';
import { readDemo } from './demo/demo';
import { plantDemo } from './demo/plant-demo';
import { requireRedis } from './require-redis';
import { startPostgres } from './postgres';

type Stop = () => Promise<unknown>;

const DEFAULT_SANDBOX_PORT = 8081;

/**
 * Starts what the environment does not give, on the loopback only: a PostgreSQL when there is no DATABASE_URL, a sandbox
 * when there is no TELEGRAM_BOT_TOKEN, secrets when there are none. Stops in the opposite order, so that the application
 * drains while what it needs is still there; also when it is stopped half-way through its start.
 */
export class Launch {
  private readonly stops: Stop[] = [];

  constructor(private readonly given: NodeJS.ProcessEnv) {}

  async start(): Promise<void> {
    const dataDir = resolve(this.given['DATA_DIR'] || '.data');
    await mkdir(dataDir, { recursive: true });
    const variables: NodeJS.ProcessEnv = {
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      ...withoutEmpty(this.given),
    };
    variables['ADMIN_TOKEN'] ??= await keepSecret(join(dataDir, 'admin-token'));
    variables['SECRET_KEY'] ??= await keepSecret(join(dataDir, 'secret-key'));
    // Wrong variables are told before anything is started; what is missing is made up for this look only.
    Environment.read({
      DATABASE_URL: 'postgres://127.0.0.1/none',
      TELEGRAM_BOT_TOKEN: DEFAULT_TOKEN,
      ...variables,
    });

    const isOwnDatabase = !variables['DATABASE_URL'];
    if (isOwnDatabase) {
      if (variables['TELEGRAM_BOT_TOKEN'] && (await readDemo(dataDir))) throw demoIsNotReal(dataDir);
      variables['DATABASE_URL'] = await this.startDatabase(dataDir);
    }
    const sandbox = variables['TELEGRAM_BOT_TOKEN'] ? undefined : await startOwnSandbox(variables, dataDir);
    if (sandbox) {
      this.stops.push(() => sandbox.stop());
      variables['TELEGRAM_BOT_TOKEN'] = sandbox.token;
      variables['TELEGRAM_API_ROOT'] = sandbox.url;
    }
    const environment = Environment.read(variables);
    if (environment.redisUrl) await requireRedis(environment.redisUrl);
    const url = await this.startApplication(environment);
    const { adminToken, roles } = environment;
    const place = { apiUrl: url, adminToken, dataDir };
    const demo =
      sandbox && isOwnDatabase && roles.length === 3
        ? await plantDemo({ ...place, sandboxUrl: sandbox.url })
        : undefined;
    greet({ url, sandboxUrl: sandbox?.url, adminToken, demo });
  }

  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.stops.splice(0).toReversed())
      await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async startDatabase(dataDir: string): Promise<string> {
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), log: say });
    const urlFile = join(dataDir, 'database-url');
    this.stops.push(() => postgres.stop());
    await writeFile(urlFile, postgres.url, { mode: 0o600 });
    this.stops.push(() => rm(urlFile, { force: true }));
    return postgres.url;
  }

  private async startApplication(environment: Environment): Promise<string> {
    await migrate(environment.databaseUrl);
    const application = await createApplication(environment);
    this.stops.push(() => application.close());
    return listen(application, environment);
  }
}

async function startOwnSandbox(variables: NodeJS.ProcessEnv, dataDir: string) {
  const port = Number(variables['SANDBOX_PORT'] || DEFAULT_SANDBOX_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new LaunchError(`SANDBOX_PORT is not a port: ${variables['SANDBOX_PORT']}.`);
  }
  try {
    return await startSandbox({ port, statePath: join(dataDir, 'sandbox.json') });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new LaunchError(`Port ${port} is in use: stop what listens there, or set SANDBOX_PORT to another.`);
  }
}

function withoutEmpty(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function demoIsNotReal(dataDir: string): LaunchError {
  return new LaunchError(
    `The database in ${dataDir} holds the demo community, whose people are not on the real Telegram: set DATA_DIR to another folder, or delete this one.`,
  );
}
