import { Redis } from 'ioredis';
import { Client, Pool } from 'pg';
import { createTestDatabase } from '../support/database';
import { startPostgresServer } from '../support/postgres-server';
import { createTestRedis } from '../support/redis';
import { startRedis, type RedisServer } from '../support/redis-server';
import { until } from '../support/until';

describe('the database of a test file', () => {
  it('has the schema of the migrations and nothing of another file', async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    const client = new Client({ connectionString: one.url });
    await client.connect();

    await client.query('create table only_here ()');
    const { rows } = await client.query<{ table: string | null }>(
      `select to_regclass('members') is not null as migrated, current_database() as name`,
    );

    expect(rows).toEqual([{ migrated: true, name: one.name }]);
    await client.end();
    const elsewhere = new Client({ connectionString: other.url });
    await elsewhere.connect();
    await expect(elsewhere.query('table only_here')).rejects.toThrow('does not exist');
    await elsewhere.end();
    await one.drop();
    await other.drop();
  });

  it('cannot be dropped while a connection is open, and names it', async () => {
    const database = await createTestDatabase();
    const pool = new Pool({ connectionString: database.url, application_name: 'forgetful' });
    await pool.query('select 1 as forgotten');

    await expect(database.drop()).rejects.toThrow(
      '1 connection(s) are still open: "forgetful" (idle, last: select 1 as forgotten)',
    );

    await pool.end();
    await database.drop();
  });
});

describe('a Postgres of one test', () => {
  it('keeps what was committed through a crash on purpose', async () => {
    const { server, remove } = await startPostgresServer();
    const pool = new Pool({ connectionString: server.url });
    pool.on('error', () => undefined);
    await pool.query('create table kept as select 42 as answer');

    await server.restart('immediate');

    expect((await pool.query('table kept')).rows).toEqual([{ answer: 42 }]);
    await pool.end();
    await remove();
  });
});

describe.each(['from the PATH if it is there', 'in WebAssembly'] as const)(
  'a Redis of one test, %s',
  (kind) => {
    const before = process.env['TEST_REDIS'];
    let server: RedisServer;

    beforeAll(async () => {
      if (kind === 'in WebAssembly') process.env['TEST_REDIS'] = 'wasm';
      server = await startRedis();
    });

    afterAll(async () => {
      await server.remove();
      if (before === undefined) delete process.env['TEST_REDIS'];
      else process.env['TEST_REDIS'] = before;
    });

    it('runs the scripts and streams that the queue is made of', async () => {
      const redis = new Redis(server.url);

      await redis.eval("redis.call('xadd', KEYS[1], '*', 'n', cjson.encode({ one = 1 }))", 1, 'stream');

      expect(await redis.xrange('stream', '-', '+')).toEqual([[expect.any(String), ['n', '{"one":1}']]]);
      redis.disconnect();
    });

    it('is gone after kill -9 and comes back empty at the same address', async () => {
      const redis = new Redis(server.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
      redis.on('error', () => undefined);
      await redis.set('key', 'value');

      await server.kill9();
      await until(() => redis.status === 'reconnecting', { what: 'the client to notice' });
      await server.start();

      expect(await redis.get('key')).toBeNull();
      redis.disconnect();
    });
  },
);

describe('the Redis of the run', () => {
  it('is empty for each file that asks for it', async () => {
    const before = await createTestRedis();
    const redis = new Redis(before.url);
    await redis.set('key', 'value');

    await createTestRedis();

    expect(await redis.get('key')).toBeNull();
    redis.disconnect();
  });
});

describe('waiting', () => {
  it('hands over what came', async () => {
    let asked = 0;
    expect(await until(() => (++asked === 3 ? { asked } : undefined), { what: 'the third time' })).toEqual({
      asked: 3,
    });
  });

  it('names what never came', async () => {
    await expect(until(() => false, { what: 'the cows to come home', timeoutMs: 50 })).rejects.toThrow(
      'Waited 0.05 s for the cows to come home, and it never came.',
    );
  });
});
