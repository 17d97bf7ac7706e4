import 'reflect-metadata';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { format } from 'prettier';
import { startPostgres } from '../launch/postgres';
import { createDataSource } from '../src/platform/database/create-data-source';
import { migrate } from '../src/platform/database/migrate';
import { Environment } from '../src/platform/environment';
import { createApplication } from '../src/roles/create-application';
import { describeApi } from '../src/roles/describe-api';
import { compareEntities } from './compare-entities';
import { dumpSchema } from './dump-schema';

/**
 * Writes docs/schema.sql and docs/openapi.json from a database and an application of its own, so that a change of either
 * shows in review. With --check nothing is written: what differs is told, and the exit code is 1.
 */
async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'karmagate-describe-'));
  const postgres = await startPostgres({ dataDir, settings: { fsync: false } });
  try {
    await migrate(postgres.url);
    const problems = [
      ...(await settle('docs/schema.sql', await describeSchema(postgres.url))),
      ...(await settle('docs/openapi.json', await describeHttp(postgres.url))),
      ...(await describeEntities(postgres.url)),
    ];
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function settle(file: string, text: string): Promise<string[]> {
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
    return [];
  }
  const kept = await readFile(file, 'utf8').catch(() => '');
  return kept === text
    ? []
    : [`${file} does not tell the truth any more: run "npm run describe" and commit it.`];
}

async function describeSchema(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await dumpSchema(client);
  } finally {
    await client.end();
  }
}

async function describeEntities(url: string): Promise<string[]> {
  const dataSource = await createDataSource(url).initialize();
  try {
    return await compareEntities(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function describeHttp(url: string): Promise<string> {
  const environment = Environment.read({
    DATABASE_URL: url,
    ROLES: 'api',
    LOG_LEVEL: 'silent',
    TELEGRAM_BOT_TOKEN: `1:${'x'.repeat(30)}`,
    ADMIN_TOKEN: 'x'.repeat(16),
    SECRET_KEY: 'x'.repeat(32),
  });
  const application = await createApplication(environment);
  await application.init();
  const document = describeApi(application);
  await application.close();
  return format(JSON.stringify(document), { parser: 'json' });
}

void main();
