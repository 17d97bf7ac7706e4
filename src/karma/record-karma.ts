import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { run } from '../platform/database/statement';
import { DomainError } from '../platform/domain-error';
import type { KarmaEvent } from './event.schema';
import { explainRefusal, type Explanation, type Recorded } from './explain-refusal.policy';
import { explainUncounted, recordAny, recordPlain } from './record-statements';
import { reversalWaves } from './reversal-waves.policy';

interface Submission {
  sourceId: number;
  events: readonly KarmaEvent[];
  settle: (results: Recorded[]) => void;
  fail: (error: unknown) => void;
}

/** Enough to fill a statement, few enough that a single event never waits for long behind a batch. */
const EVENTS_PER_STATEMENT = 1000;
const STATEMENTS_IN_FLIGHT = 2;
/**
 * A statement costs Postgres as much as fifteen more events in another one would, so that a second one beside one that
 * is running must bring that many: whatever is less waits for the first to end.
 */
const WORTH_A_SECOND_STATEMENT = 16;
const MAX_WAITING_EVENTS = 50_000;

/**
 * Appends karma events to the ledger. Requests that arrive while statements are running go together in the next one,
 * which costs less than one statement each and answers sooner. A request is answered when its events are committed.
 */
@Injectable()
export class RecordKarma {
  private waiting: Submission[] = [];
  private waitingEvents = 0;
  private inFlight = 0;
  private isGathering = false;

  constructor(private readonly database: Database) {}

  /** @throws DomainError `overloaded` (429) when more is waiting than can be written in a few seconds. */
  async record(sourceId: number, events: readonly KarmaEvent[]): Promise<Recorded[]> {
    const results: Recorded[] = [];
    for (const wave of reversalWaves(events)) {
      const recorded = await this.submit(
        sourceId,
        wave.map((index) => events[index]!),
      );
      wave.forEach((index, position) => (results[index] = recorded[position]!));
    }
    return results;
  }

  private submit(sourceId: number, events: readonly KarmaEvent[]): Promise<Recorded[]> {
    if (this.waitingEvents > MAX_WAITING_EVENTS) {
      const message =
        'More events are waiting than can be written at the moment: send these again in a few seconds.';
      throw new DomainError('overloaded', 429, message, { retryAfterSeconds: 2 });
    }
    return new Promise((settle, fail) => {
      this.waiting.push({ sourceId, events, settle, fail });
      this.waitingEvents += events.length;
      this.gather();
    });
  }

  /** Requests that were read from their sockets in one go are here together, once all of them have been looked at. */
  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    setImmediate(() => {
      this.isGathering = false;
      this.drain();
    });
  }

  private drain(): void {
    while (this.waiting.length > 0 && this.mayBegin()) {
      const together = this.takeTogether();
      this.inFlight += 1;
      void this.write(together).finally(() => {
        this.inFlight -= 1;
        this.drain();
      });
    }
  }

  private mayBegin(): boolean {
    if (this.inFlight === 0) return true;
    return this.inFlight < STATEMENTS_IN_FLIGHT && this.waitingEvents >= WORTH_A_SECOND_STATEMENT;
  }

  private takeTogether(): Submission[] {
    let events = 0;
    let count = 0;
    while (
      count < this.waiting.length &&
      (count === 0 || events + this.waiting[count]!.events.length <= EVENTS_PER_STATEMENT)
    ) {
      events += this.waiting[count]!.events.length;
      count += 1;
    }
    this.waitingEvents -= events;
    return this.waiting.splice(0, count);
  }

  private async write(submissions: Submission[]): Promise<void> {
    const rows = submissions.flatMap(({ sourceId, events }) => events.map((event) => ({ sourceId, event })));
    try {
      const results = await this.writeRows(rows);
      let from = 0;
      for (const { events, settle } of submissions) settle(results.slice(from, (from += events.length)));
    } catch (error) {
      for (const { fail } of submissions) fail(error);
    }
  }

  private async writeRows(rows: Row[]): Promise<Recorded[]> {
    try {
      return await this.writeTogether(rows);
    } catch (error) {
      if (isDeadlock(error)) return this.writeRows(rows);
      if (!isRefusedByPostgres(error)) throw error;
      if (rows.length === 1) return [{ status: 'invalid', error: refusedByPostgres }];
      // Halves rather than one by one: a bad event among a thousand costs twenty statements.
      const half = Math.ceil(rows.length / 2);
      return [...(await this.writeRows(rows.slice(0, half))), ...(await this.writeRows(rows.slice(half)))];
    }
  }

  private async writeTogether(rows: Row[]): Promise<Recorded[]> {
    const plain = rows.every(({ event }) => event.reverses === undefined && event.audiences === undefined);
    const counted = await run<{ ordinal: number; karma: number }>(
      this.database.pool,
      plain ? recordPlain : recordAny,
      columns(rows),
    );
    const results: Recorded[] = Array.from({ length: rows.length });
    for (const { ordinal, karma } of counted) results[ordinal - 1] = { status: 'accepted', karma };
    if (counted.length < rows.length) await this.explainRest(rows, results);
    return results;
  }

  /** Reads after the statement, so that what another process committed meanwhile is seen too. */
  private async explainRest(rows: Row[], results: Recorded[]): Promise<void> {
    const rest = rows.map((_, index) => index).filter((index) => !results[index]);
    const explanations = await run<Explanation & { ordinal: number }>(
      this.database.pool,
      explainUncounted,
      columns(rest.map((index) => rows[index]!)),
    );
    for (const explanation of explanations) {
      const index = rest[explanation.ordinal - 1]!;
      results[index] = explainRefusal(explanation);
    }
  }
}

interface Row {
  sourceId: number;
  event: KarmaEvent;
}

const refusedByPostgres = {
  code: 'unstorable',
  detail: 'This event holds a value that cannot be stored: check its time and texts.',
};

/** Data exceptions (22…) and broken constraints (23…) speak of a row; everything else of the moment. */
function isRefusedByPostgres(error: unknown): boolean {
  return /^2[23]/.test(String((error as { code?: unknown }).code));
}

/**
 * Rows are written in the order of their keys, but what they reverse has an order of its own: of two processes that
 * reverse the same events under other names, Postgres makes one give way. Nothing of it was written.
 */
function isDeadlock(error: unknown): boolean {
  return (error as { code?: unknown }).code === '40P01';
}

function columns(rows: Row[]): unknown[] {
  return [
    rows.map((row) => row.sourceId),
    rows.map((row) => row.event.id),
    rows.map((row) => row.event.member),
    rows.map((row) => row.event.delta),
    rows.map((row) => row.event.reason),
    rows.map((row) => row.event.at),
    rows.map((row) => row.event.reverses),
    rows.map((row) => row.event.audiences?.join(',')),
  ];
}
