import type { Client } from 'pg';
import { LEVEL_STEP, LEVELS } from '../load/event-stream';

/** Members m1, m2, … of whom nothing else is known. */
export async function fillMembers(client: Client, members: number): Promise<void> {
  await client.query(
    `insert into members (id, external_id) overriding system value select n, 'm' || n from generate_series(1, $1::int) n`,
    [members],
  );
  await client.query(`select setval(pg_get_serial_sequence('members', 'id'), $1::int)`, [members]);
}

/** Their karma lies evenly between nothing and beyond the highest level. */
export async function fillBalances(client: Client): Promise<void> {
  await client.query(
    `insert into karma_balances (member_id, karma)
     select id, floor(random() * ${(LEVELS + 1) * LEVEL_STEP}) from members order by id`,
  );
}

/** Every member has a chat account, whose id is the member's beyond `firstUserId`. */
export async function fillAccounts(client: Client, firstUserId: number): Promise<void> {
  await client.query(
    `insert into accounts (member_id, platform, platform_user_id, display_name, linked_via)
     select id, 'telegram', ($1::bigint + id)::text, external_id, 'bench' from members order by id`,
    [firstUserId],
  );
}

/** Groups with a rule each: a level of karma every few hundred points. */
export async function fillGroups(client: Client, levels = LEVELS): Promise<void> {
  await client.query(
    `insert into groups (id, platform, chat_id, title, status) overriding system value
     select n, 'telegram', (-1000000000000 - n)::text, 'Group ' || n, 'active' from generate_series(1, $1::int) n`,
    [levels],
  );
  await client.query(
    `insert into rules (group_id, version, audiences, admit_at, keep_at, grace_hours, admission, author, reassessed_at)
     select n, 1, '{}', n * ${LEVEL_STEP}, n * ${LEVEL_STEP}, 72, 'request', 'bench', now() from generate_series(1, $1::int) n`,
    [levels],
  );
  await client.query(`select setval(pg_get_serial_sequence('groups', 'id'), $1::int)`, [levels]);
  await client.query(`create table bench_levels as select * from karma_levels`);
}

/**
 * A ledger that has been written to for long: rows in order of arrival, and a key index as full as random arrival
 * leaves it, which is about seven tenths.
 */
export async function fillLedger(client: Client, events: number, members: number): Promise<void> {
  await client.query('alter table karma_events drop constraint karma_events_pkey');
  await client.query(
    `insert into karma_events (member_id, source_id, event_id, delta)
     select 1 + floor(random() * $2), 1, 'stored-' || n, 1 from generate_series(1, $1::int) n`,
    [events, members],
  );
  await client.query(
    `alter table karma_events add primary key (member_id, source_id, event_id) with (fillfactor = 70)`,
  );
  await client.query('alter index karma_events_pkey reset (fillfactor)');
}

export async function settle(client: Client): Promise<void> {
  await client.query('vacuum (analyze)');
}

/** Whoever has enough karma is inside the group, as the platform and the decision say alike. */
export async function fillInside(
  client: Client,
  groupId: number,
  threshold: number,
  firstUserId: number,
): Promise<void> {
  await client.query(
    `insert into memberships (member_id, group_id, platform_user_id, presence, presence_at, standing, decision, highest_karma)
     select member_id, $1, ($3::bigint + member_id)::text, 'in', now(), 'in',
            jsonb_build_object('entitled', true, 'reasons', jsonb_build_array(
              jsonb_build_object('code', 'karma_enough', 'karma', karma, 'needed', $2::bigint))), karma
     from karma_balances where karma >= $2::bigint order by member_id`,
    [groupId, threshold, firstUserId],
  );
}

/** Everybody is to be invited to every group, and passes a milestone in each: effects that were opened and never made. */
export async function fillBacklog(client: Client, groups: number, firstUserId: number): Promise<void> {
  await client.query(`update groups set invite_link = 'https://t.me/+bench'`);
  await client.query(
    `insert into memberships (member_id, group_id, platform_user_id, standing)
     select members.id, groups.id, ($1::bigint + members.id)::text, 'invited' from members, groups`,
    [firstUserId],
  );
  await client.query(
    `insert into effects (member_id, group_id, platform, kind, lane, payload)
     select members.id, groups.id, 'telegram', kind,
            case kind when 'invite' then 'telegram:person:' || ($1::bigint + members.id) else 'telegram:group:' || groups.id end,
            jsonb_build_object('userId', ($1::bigint + members.id)::text, 'karma', 1000)
     from members, groups, unnest(array['invite', 'celebrate']) kind
     where groups.id <= $2 and (kind = 'invite' or members.id <= 60)
     order by members.id, groups.id`,
    [firstUserId, groups],
  );
}
