import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Update } from '@grammyjs/types';
import { Database } from '../../platform/database/database';
import { run, type Statement } from '../../platform/database/statement';
import { redact } from '../../platform/redact';
import { TelegramBot } from './telegram-bot';
import { updateLane } from './update-lane.policy';

const MAX_ATTEMPTS = 5;

/** A process says every two seconds that it still has what it took; one that died loses it soon. */
const LEASE = "interval '8 seconds'";

/** A new update is this process's to handle; one that is taken already, or was handled, is left alone. */
const store: Statement = {
  name: 'store-updates',
  text: `insert into inbox_updates (platform, update_id, payload, leased_until)
         select 'telegram', (payload->>'update_id')::bigint, payload, now() + ${LEASE}
         from jsonb_array_elements($1::jsonb) payload
         on conflict do nothing returning update_id`,
};

const keep: Statement = {
  name: 'keep-updates',
  text: `update inbox_updates set leased_until = now() + ${LEASE}
         where platform = 'telegram' and update_id = any($1::bigint[]) and handled_at is null`,
};

const claimLeftOver: Statement = {
  name: 'claim-left-over-updates',
  text: `update inbox_updates set leased_until = now() + ${LEASE}, attempts = attempts + 1
         where (platform, update_id) in (
           select platform, update_id from inbox_updates
           where handled_at is null and platform = 'telegram' and leased_until < now()
           order by received_at, update_id limit 100 for update skip locked)
         returning payload, attempts`,
};

const finish: Statement = {
  name: 'finish-update',
  text: `update inbox_updates set handled_at = now() where platform = 'telegram' and update_id = $1`,
};

const fail: Statement = {
  name: 'fail-update',
  text: `update inbox_updates
         set problem = $2, leased_until = now() + interval '5 seconds' * (attempts + 1),
             handled_at = case when attempts + 1 >= ${MAX_ATTEMPTS} then now() end
         where platform = 'telegram' and update_id = $1`,
};

/**
 * Updates are rows before they are acknowledged. Those of one person are handled one after another; whatever a process
 * that died has left is taken over by a sweep.
 */
@Injectable()
export class TelegramInbox implements BeforeApplicationShutdown {
  private readonly log = new Logger('telegram');
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly held = new Set<number>();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly bot: TelegramBot,
  ) {}

  /** Returns when the updates are stored; they are handled afterwards. */
  async receive(updates: Update[]): Promise<void> {
    if (updates.length === 0) return;
    const stored = await run<{ update_id: number }>(this.database.pool, store, [
      JSON.stringify(updates, storable),
    ]);
    const fresh = new Set(stored.map((row) => row.update_id));
    for (const update of updates) if (fresh.delete(update.update_id)) this.enqueue(update);
  }

  @Interval(2000)
  async sweep(): Promise<void> {
    try {
      if (this.held.size > 0) await run(this.database.pool, keep, [[...this.held]]);
      const rows = await run<{ payload: Update }>(this.database.pool, claimLeftOver);
      const inOrder = rows.toSorted((a, b) => a.payload.update_id - b.payload.update_id);
      for (const { payload } of inOrder) this.enqueue(payload);
    } catch (error) {
      this.log.warn(`left-over updates wait for the next sweep: ${(error as Error).message}`);
    }
  }

  /** What has not begun is left to the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.lanes.values());
  }

  private enqueue(update: Update): void {
    // After a long pause of this process its own updates may look left over.
    if (this.held.has(update.update_id)) return;
    this.held.add(update.update_id);
    const lane = updateLane(update);
    const turn = (this.lanes.get(lane) ?? Promise.resolve()).then(() => this.handle(update));
    this.lanes.set(lane, turn);
    void turn.finally(() => {
      if (this.lanes.get(lane) === turn) this.lanes.delete(lane);
    });
  }

  private async handle(update: Update): Promise<void> {
    if (this.stopped) return;
    const { pool } = this.database;
    try {
      await this.bot.handle(update);
      await run(pool, finish, [update.update_id]);
      this.held.delete(update.update_id);
    } catch (error) {
      this.held.delete(update.update_id);
      this.log.error('an update could not be handled', { update: update.update_id }, error);
      const problem = redact((error as Error).message);
      await run(pool, fail, [update.update_id, problem]).catch(() => {});
    }
  }
}

/** Postgres stores no NUL, and one in a button's data must not stop all that came with it. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}
