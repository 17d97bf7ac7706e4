import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { run, type Statement } from '../platform/database/statement';

/** At most `count` calls in any `spanMs` milliseconds, over all processes. */
export interface Limit {
  key: string;
  count: number;
  spanMs: number;
}

/** Longer than this nobody waits in memory: the call is put off, and its row waits in the database. */
const PATIENCE_MS = 1500;

/** A call that its process makes later than this after its place would crowd the next window: it takes a new place. */
const LATENESS_MS = 25;

const take: Statement = {
  name: 'take-pace',
  text: `select granted, wait_ms, extract(epoch from clock_timestamp() - statement_timestamp())::float8 * 1000 as busy_ms
         from take_pace($1::text[], $2::integer[], $3::float8[], $4::float8)`,
};

interface Pace {
  granted: boolean;
  wait_ms: number;
  /** How long the database took, waiting for its turn included. */
  busy_ms: number;
}

/** A platform said "not before". A second chat that hears it while the first still waits means that it is about us all. */
const hold: Statement = {
  name: 'hold-pace',
  text: `
with others as (
  select from paces where key like $2 || ':%' and key <> $1 and not_before > clock_timestamp() limit 1
)
insert into paces as pace (key, not_before)
select key, clock_timestamp() + $3 * interval '1 millisecond'
from (select $1::text as key union select $2 where $1 = $2 or exists (select from others)) keys order by key
on conflict (key) do update set not_before = greatest(pace.not_before, excluded.not_before)`,
};

/** Keeps the platform's limits across all processes and restarts: places in time are given out by Postgres. */
@Injectable()
export class Pacer {
  /** How long a question and its answer are on their way when nothing keeps them up; it follows a way that grows longer. */
  private usualTravelMs = Number.POSITIVE_INFINITY;

  constructor(private readonly database: Database) {}

  /**
   * Returns when the call may be made, or how long it must be put off. The first limit is the bot's own; the others are
   * those of the chat.
   */
  async take(
    limits: Limit[],
    patienceMs = PATIENCE_MS,
  ): Promise<{ granted: true } | { granted: false; retryAfterMs: number }> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const { asked, pace } = await this.ask(limits, patienceMs);
      const { granted, wait_ms: waitMs, busy_ms: busyMs } = pace;
      // The place counts from the database's answer, not from when this process got round to reading it.
      this.usualTravelMs = Math.min(performance.now() - asked - busyMs, this.usualTravelMs + 1);
      const due = asked + busyMs + this.usualTravelMs + waitMs;
      if (!granted && due > deadline) return { granted: false, retryAfterMs: Math.ceil(waitMs) };
      if (waitMs > 0) await wait(Math.ceil(waitMs));
      if (granted && performance.now() - due <= LATENESS_MS) return { granted: true };
      if (performance.now() > deadline) return { granted: false, retryAfterMs: 1000 };
    }
  }

  /** On a connection of its own from the start, so that waiting for one does not look like a slow way. */
  private async ask(limits: Limit[], patienceMs: number): Promise<{ asked: number; pace: Pace }> {
    const client = await this.database.pool.connect();
    try {
      const asked = performance.now();
      const [pace] = await run<Pace>(client, take, [
        limits.map(({ key }) => key),
        limits.map(({ count }) => count),
        limits.map(({ spanMs }) => spanMs),
        patienceMs,
      ]);
      return { asked, pace: pace! };
    } finally {
      client.release();
    }
  }

  /** Nothing to `chatKey` before this time; nothing of the bot's at all when several chats say so. */
  async hold(chatKey: string, botKey: string, retryAfterMs: number): Promise<void> {
    await run(this.database.pool, hold, [chatKey, botKey, retryAfterMs]);
  }
}
