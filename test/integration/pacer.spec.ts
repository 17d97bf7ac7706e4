import type { Pool } from 'pg';
import { type Limit, Pacer } from '../../src/chats/pacer';
import { createPool } from '../../src/platform/database/create-pool';
import type { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';

const BOT = 'bot';
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let pools: Pool[];
/** Two processes, as far as the database can tell. */
let pacers: [Pacer, Pacer];

beforeAll(async () => {
  database = await createTestDatabase();
  pools = ['one', 'other'].map((name) => createPool(database.url, name, 10));
  pacers = pools.map((pool) => new Pacer({ pool } as Database)) as [Pacer, Pacer];
  // Every place that is given out is written down, with the time it stands for.
  await pools[0]!.query(`
    create table places (key text, slot timestamptz);
    create function write_place_down() returns trigger language plpgsql as $$ begin
      insert into places values (new.key, new.taken[cardinality(new.taken)]);
      return null;
    end $$;
    create trigger place after update on paces for each row
      when (new.taken is distinct from old.taken) execute function write_place_down()`);
});

beforeEach(async () => {
  await pools[0]!.query('truncate paces, places');
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

async function placesOf(key: string): Promise<number[]> {
  const { rows } = await pools[0]!.query<{ ms: number }>(
    `select extract(epoch from slot)::float8 * 1000 as ms from places where key = $1 order by slot`,
    [key],
  );
  return rows.map(({ ms }) => ms);
}

/** The shortest time in which one more than `count` of these happened. */
function tightest(times: readonly number[], count: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.min(...sorted.slice(count).map((time, index) => time - sorted[index]!));
}

const chat = (name: number): Limit => ({ key: `${BOT}:${name}`, count: 1, spanMs: 100 });
const minute = (name: number): Limit => ({ key: `${BOT}:${name}:minute`, count: 5, spanMs: 1000 });
const bot: Limit = { key: BOT, count: 1, spanMs: 20 };

describe('The pace of two processes together', () => {
  it('exceeds no limit in any window, whichever of them calls whom', async () => {
    const CHATS = [1, 2, 3, 4];
    const call = async (name: number, turn: number): Promise<void> => {
      const limits = [bot, chat(name), minute(name)];
      expect(await pacers[turn % 2]!.take(limits, 20_000)).toEqual({ granted: true });
    };

    await Promise.all(CHATS.flatMap((name) => Array.from({ length: 8 }, (_, turn) => call(name, turn))));

    expect(tightest(await placesOf(BOT), 1)).toBeGreaterThanOrEqual(20 - 0.01);
    for (const name of CHATS) {
      expect(tightest(await placesOf(`${BOT}:${name}`), 1)).toBeGreaterThanOrEqual(100 - 0.01);
      expect(tightest(await placesOf(`${BOT}:${name}:minute`), 5)).toBeGreaterThanOrEqual(1000 - 0.01);
    }
  });

  it('lets several places of one window be taken at once, when the limit has several', async () => {
    const burst: Limit = { key: BOT, count: 10, spanMs: 500 };

    await Promise.all(Array.from({ length: 25 }, (_, turn) => pacers[turn % 2]!.take([burst], 10_000)));

    const places = await placesOf(BOT);
    expect(places.length).toBeGreaterThanOrEqual(25);
    expect(tightest(places, 10)).toBeGreaterThanOrEqual(500 - 0.01);
    expect(places[9]! - places[0]!).toBeLessThan(400);
  });

  it('gives a place in all limits or in none', async () => {
    const blocked: Limit = { key: `${BOT}:9`, count: 1, spanMs: HOUR_MS };
    await pacers[0].take([bot, blocked]);

    const put = await pacers[1].take([bot, blocked], 0);

    expect(put).toEqual({ granted: false, retryAfterMs: expect.any(Number) });
    expect(await placesOf(BOT)).toHaveLength(1);
    expect(await placesOf(blocked.key)).toHaveLength(1);
  });

  it('puts off what would wait for longer than there is patience, and says for how long', async () => {
    const slow: Limit = { key: BOT, count: 1, spanMs: 60_000 };
    await pacers[0].take([slow]);
    const started = performance.now();

    const put = await pacers[1].take([slow]);

    expect(performance.now() - started).toBeLessThan(1000);
    expect(put).toEqual({ granted: false, retryAfterMs: expect.any(Number) });
    const { retryAfterMs } = put as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(59_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(await placesOf(BOT)).toHaveLength(1);
  });
});

describe('A process that stands still', () => {
  const limit: Limit = { key: BOT, count: 1, spanMs: 100 };

  function standStill(): void {
    const until = performance.now() + 200;
    while (performance.now() < until);
  }

  it('does not call when it slept through its place: it takes another', async () => {
    await pacers[0].take([limit]);
    const sleeper = pacers[0].take([limit]);
    await until(async () => (await placesOf(BOT)).length === 2, { what: 'a place', everyMs: 1 });
    standStill();

    expect(await sleeper).toEqual({ granted: true });
    expect((await placesOf(BOT)).length).toBeGreaterThanOrEqual(3);
  });

  it('does not call either when it hears of its place too late', async () => {
    await pacers[0].take([{ ...limit, key: 'warm' }]);
    const sleeper = pacers[0].take([limit]);
    await new Promise(setImmediate);
    standStill();

    expect(await sleeper).toEqual({ granted: true });
    expect((await placesOf(BOT)).length).toBeGreaterThanOrEqual(2);
  });
});

describe('When the platform says "not before"', () => {
  const ask = (name: number, pacer = pacers[1]) => pacer.take([bot, chat(name)], 100);
  const putOff = { granted: false, retryAfterMs: expect.any(Number) };

  it('the chat waits, and the others do not', async () => {
    await pacers[0].hold(`${BOT}:1`, BOT, HOUR_MS);

    expect(await ask(1)).toEqual(putOff);
    expect(await ask(2)).toEqual({ granted: true });
  });

  it('it is still so for a process that has only just started', async () => {
    await pacers[0].hold(`${BOT}:1`, BOT, HOUR_MS);
    const pool = createPool(database.url, 'newborn', 1);

    const answer = await ask(1, new Pacer({ pool } as Database));
    await pool.end();

    expect(answer).toEqual(putOff);
    const { retryAfterMs } = answer as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(HOUR_MS - 10_000);
    expect(retryAfterMs).toBeLessThanOrEqual(HOUR_MS);
  });

  it('to a second chat while the first still waits, it is meant for the whole bot', async () => {
    await pacers[0].hold(`${BOT}:1`, BOT, HOUR_MS);
    await pacers[1].hold(`${BOT}:2`, BOT, HOUR_MS);

    expect(await ask(3)).toEqual(putOff);
    expect(await pacers[0].take([bot], 0)).toEqual(putOff);
  });

  it('to one chat twice, it is meant for that chat', async () => {
    await pacers[0].hold(`${BOT}:1`, BOT, HOUR_MS);
    await pacers[1].hold(`${BOT}:1`, BOT, HOUR_MS);

    expect(await ask(2)).toEqual({ granted: true });
  });

  it('to a second chat after the first has waited, it is meant for that chat', async () => {
    await pacers[0].hold(`${BOT}:1`, BOT, 0);
    await pacers[1].hold(`${BOT}:2`, BOT, HOUR_MS);

    expect(await ask(3)).toEqual({ granted: true });
    expect(await ask(2)).toEqual(putOff);
  });

  it('of no chat, the whole bot waits', async () => {
    await pacers[0].hold(BOT, BOT, HOUR_MS);

    expect(await ask(1)).toEqual(putOff);
  });

  it('twice, the later of the two counts', async () => {
    await pacers[0].hold(`${BOT}:1`, BOT, HOUR_MS);
    await pacers[0].hold(`${BOT}:1`, BOT, 1);

    expect(await ask(1)).toEqual(putOff);
  });

  it('and the time has come, calls are made again', async () => {
    await pacers[0].hold(`${BOT}:1`, BOT, 150);
    const started = performance.now();

    expect(await pacers[1].take([bot, chat(1)], 5000)).toEqual({ granted: true });
    expect(performance.now() - started).toBeGreaterThan(100);
  });
});
