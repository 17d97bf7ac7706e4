import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../platform/database/database';
import { run, type Statement } from '../platform/database/statement';
import { decodeCursor, encodeCursor, type PageQuery } from '../platform/http/cursor';
import { storable } from './event.schema';
import type { LedgerPage } from './ledger.schema';
import { unknownMember } from './unknown-member';

interface Row {
  event_id: string;
  source: string;
  source_id: number;
  delta: number;
  reason: string | null;
  occurred_at: Date | null;
  recorded_at: Date;
  /** Microseconds since 1970: a Date would lose the last three digits. */
  recorded_us: number;
  reverses: string | null;
}

const cursorSchema = z.tuple([z.int().min(0), z.int(), z.string().regex(storable)]);

const readPage: Statement = {
  name: 'read-ledger-page',
  text: `select event_id, coalesce(sources.name, '') as source, source_id, delta, reason, occurred_at, recorded_at,
                (extract(epoch from recorded_at) * 1000000)::bigint as recorded_us, reverses
         from karma_events left join sources on sources.id = source_id
         where member_id = $1 and ($2::bigint is null or (recorded_at, source_id, event_id)
                                   < (timestamptz 'epoch' + $2 * interval '1 microsecond', $3, $4))
         order by recorded_at desc, source_id desc, event_id desc
         limit $5`,
};

/** A member's ledger, newest first, page by page. */
@Injectable()
export class ReadLedger {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `unknown-member` (404). */
  async read(externalId: string, { limit, cursor }: PageQuery): Promise<LedgerPage> {
    const after = cursor === undefined ? [null, null, null] : decodeCursor(cursor, cursorSchema);
    const [member] = await run<{ id: number; karma: number }>(this.database.pool, readBalance, [externalId]);
    if (!member) throw unknownMember(externalId);
    const rows = await run<Row>(this.database.pool, readPage, [member.id, ...after, limit + 1]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      karma: member.karma,
      events: page.map((row) => ({
        id: row.event_id,
        source: row.source,
        delta: row.delta,
        reason: row.reason,
        at: (row.occurred_at ?? row.recorded_at).toISOString(),
        recordedAt: row.recorded_at.toISOString(),
        reverses: row.reverses,
      })),
      next:
        rows.length > limit && last ? encodeCursor([last.recorded_us, last.source_id, last.event_id]) : null,
    };
  }
}

const readBalance: Statement = {
  name: 'read-balance',
  text: `select id, coalesce(karma, 0) as karma from members left join karma_balances on member_id = id
         where external_id = $1`,
};
