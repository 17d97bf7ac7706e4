import { Injectable } from '@nestjs/common';
import type { ClientBase, Pool } from 'pg';
import { putDueMembers } from '../jobs/due-members';
import { Database } from '../platform/database/database';
import { run, type Statement } from '../platform/database/statement';
import { inTransaction } from '../platform/database/transaction';
import type { Presence } from './standing.policy';

export interface SeenPresence {
  platform: string;
  chatId: string;
  platformUserId: string;
  presence: Presence;
  /** When it became so, by the platform's clock. */
  at: Date;
  /** The platform's own counter of what it tells: its clock knows whole seconds only. */
  order: number;
  /** Where they can be written to while they wait at the door. */
  contact?: { id: string; until: Date };
}

/**
 * Stores what a platform says of somebody in a chat, unless something newer is known, and puts them on the work list.
 * They are found by their account, or, when that was unlinked, by the identity that was let in. Whom a human banned is not
 * let in again under another account: what is said of that one is not about the ban. The member is locked
 * first, as the decision does it: whoever took membership and work list in another order would deadlock with it.
 */
const record: Statement = {
  name: 'record-presence',
  text: `
with place as (
  select id from groups where platform = $1 and chat_id = $2
), person as (
  select member_id from accounts where platform = $1 and platform_user_id = $3
  union
  select member_id from memberships, place
  where group_id = place.id and platform_user_id = $3 and standing in ('in', 'at_risk', 'leaving', 'barred')
    and (standing = 'leaving' or not exists (select from accounts where platform = $1 and platform_user_id = $3))
), locked as (
  select id as member_id from members where id in (select member_id from person) order by id for no key update
)
insert into memberships as membership
  (member_id, group_id, platform_user_id, presence, presence_at, presence_order, contact_id, contact_until)
select member_id, place.id, $3, $4, $5, $8, $6, $7 from locked, place
on conflict (member_id, group_id) do update
  set presence = excluded.presence, presence_at = excluded.presence_at, presence_order = excluded.presence_order,
      platform_user_id = excluded.platform_user_id, contact_id = excluded.contact_id, contact_until = excluded.contact_until
  where (membership.presence_at is null or (membership.presence_at, membership.presence_order)
                                            <= (excluded.presence_at, excluded.presence_order))
    and (membership.presence <> 'banned' or membership.platform_user_id = excluded.platform_user_id)
returning member_id`,
};

/**
 * What an effect made true: told by the call itself, before the platform's own update comes. An update that overtook the
 * call's answer knows better.
 */
const settle: Statement = {
  name: 'settle-presence',
  text: `update memberships set presence = $3 where member_id = $1 and group_id = $2 and presence <> $3
           and presence = $4 and presence_at is not distinct from $5 and presence_order = $6`,
};

/** What was known of somebody's presence when an effect began. */
export interface KnownPresence {
  memberId: number;
  groupId: number;
  presence: Presence;
  presenceAt: Date | null;
  presenceOrder: number;
}

@Injectable()
export class RecordPresence {
  constructor(private readonly database: Database) {}

  /** How many members this was about: none, when a stranger came or went. */
  async record(seen: SeenPresence): Promise<number> {
    return inTransaction(this.database.pool, async (client) => {
      const rows = await run<{ member_id: number }>(client, record, [
        seen.platform,
        seen.chatId,
        seen.platformUserId,
        seen.presence,
        seen.at,
        seen.contact?.id ?? null,
        seen.contact?.until ?? null,
        seen.order,
      ]);
      await putDueMembers(
        client,
        rows.map((row) => row.member_id),
      );
      return rows.length;
    });
  }

  async settle(connection: ClientBase | Pool, before: KnownPresence, presence: Presence): Promise<void> {
    const { memberId, groupId, presence: known, presenceAt, presenceOrder } = before;
    await run(connection, settle, [memberId, groupId, presence, known, presenceAt, presenceOrder]);
    await putDueMembers(connection, [memberId]);
  }
}
