import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startSandbox } from '../sandbox/start-sandbox';
import { Environment } from '../src/platform/environment';
import { migrate } from '../src/platform/database/migrate';
import { createApplication } from '../src/roles/create-application';
import { greet } from './greet';
import { keepSecret } from './keep-secret';
import { LaunchError } from './launch-error';
import { plantDemo } from './demo/plant-demo';
import { startPostgres } from './postgres';

type Stop = () => Promise<unknown>;

const DEFAULT_SANDBOX_PORT = 8081;

export interface Launched {
  environment: Environment;
  sandboxUrl: string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts what the environment does not give, on the loopback only: a PostgreSQL when there is no DATABASE_URL, a sandbox
 * when there is no TELEGRAM_BOT_TOKEN, secrets when there are none. Stops in the opposite order, so that the application
 * drains while what it needs is still there.
 */
export async function launch(given: NodeJS.ProcessEnv): Promise<Launched> {
  const stops: Stop[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.splice(0).toReversed()) await stopOne();
  };
  try {
    return await launchAll(given, stops, stop);
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

async function launchAll(given: NodeJS.ProcessEnv, stops: Stop[], stop: Launched['stop']): Promise<Launched> {
  const dataDir = resolve(given['DATA_DIR'] || '.data');
  await mkdir(dataDir, { recursive: true });
  const variables: NodeJS.ProcessEnv = { HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...given };
  variables['ADMIN_TOKEN'] ||= await keepSecret(join(dataDir, 'admin-token'));
  variables['SECRET_KEY'] ||= await keepSecret(join(dataDir, 'secret-key'));
  // Wrong variables are told before anything is started: what is missing is filled in for this look only.
  Environment.read({
    DATABASE_URL: 'postgres://127.0.0.1/unused',
    TELEGRAM_BOT_TOKEN: `1:${'x'.repeat(30)}`,
    ...withoutEmpty(variables),
  });

  if (!variables['DATABASE_URL']) {
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), log: say });
    stops.push(() => postgres.stop());
    variables['DATABASE_URL'] = postgres.url;
    const urlFile = join(dataDir, 'database-url');
    await writeFile(urlFile, postgres.url, { mode: 0o600 });
    stops.push(() => rm(urlFile, { force: true }));
  }
  const sandbox = variables['TELEGRAM_BOT_TOKEN'] ? undefined : await startOwnSandbox(variables, dataDir);
  if (sandbox) {
    stops.push(() => sandbox.stop());
    variables['TELEGRAM_BOT_TOKEN'] = sandbox.token;
    variables['TELEGRAM_API_ROOT'] = sandbox.url;
  }

  const environment = Environment.read(variables);
  await migrate(environment.databaseUrl);
  const application = await createApplication(environment);
  stops.push(() => application.close());
  await application.listen(environment.port, environment.host);
  const url = await application.getUrl();
  const demo =
    sandbox && environment.roles.length === 3
      ? await plantDemo({ apiUrl: url, sandboxUrl: sandbox.url, adminToken: environment.adminToken, dataDir })
      : undefined;
  greet({ url, sandboxUrl: sandbox?.url, adminToken: environment.adminToken, demo });
  return { environment, sandboxUrl: sandbox?.url, stop };
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
