import type { Statement } from '../platform/database/statement';

/**
 * The SQL of the ledger: one statement appends events that are new, moves the balances by their sums, and puts members
 * whose balance crossed a level on the work list. Everything is sorted, because two unsorted batches that share members
 * deadlock. Columns of the input, one array each: source, event id, member, delta, reason, time, reversed event,
 * audiences (joined by commas).
 */
const given = `given as (
  select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::timestamptz[],
                       $7::text[], $8::text[])
    with ordinality as row (source_id, event_id, external_id, delta, reason, occurred_at, reverses, audiences, ordinal)
)`;

const found = `found as (
  select given.*, members.id as known_id from given left join members using (external_id)
)`;

/**
 * Where an event's member is: known, or born in this statement. Nobody is born who was not given; the join is a full one
 * because that is always hashed. Expecting hardly anybody, the planner would look through all the newborn for every
 * event: four times the cost of the whole statement when a thousand members are new.
 */
const resolved = `resolved as (
  select found.*, coalesce(known_id, born.id) as member_id from found full join born using (external_id)
)`;

const bornPlain = `born as (
  insert into members (external_id)
  select distinct external_id from found where known_id is null order by external_id
  on conflict (external_id) do update set external_id = excluded.external_id
  returning id, external_id
)`;

const union =
  'array(select distinct slug from unnest(members.audiences || excluded.audiences) slug order by slug)';

/**
 * A newcomer gets their audiences with their row, since a statement cannot change a row that it has made. What counts is
 * the first event of each id; a reversal has nothing to reverse here, and brings nobody into being.
 */
const bornWithAudiences = `arriving as (
  select distinct on (external_id, source_id, event_id) external_id, string_to_array(audiences, ',') as slugs
  from found
  where reverses is null and known_id is null
  order by external_id, source_id, event_id, ordinal
), born as (
  insert into members (external_id, audiences)
  select external_id, coalesce(array_agg(distinct slug order by slug) filter (where slug is not null), '{}')
  from arriving left join unnest(slugs) as slug on true
  group by external_id
  order by external_id
  on conflict (external_id) do update set audiences = ${union}
  returning id, external_id
)`;

const ledger = (conflict: string) => `firsts as (
  select distinct on (member_id, source_id, event_id) * from countable
  order by member_id, source_id, event_id, ordinal
), fresh as (
  insert into karma_events (member_id, source_id, event_id, delta, reason, occurred_at, reverses)
  select member_id, source_id, event_id, delta, reason, occurred_at, reverses from firsts
  order by member_id, source_id, event_id
  on conflict ${conflict} do nothing
  returning member_id, source_id, event_id, delta
), sums as (
  select member_id, sum(delta)::bigint as delta from fresh group by member_id
), moved as (
  insert into karma_balances as balance (member_id, karma)
  select member_id, delta from sums order by member_id
  on conflict (member_id) do update set karma = balance.karma + excluded.karma
  returning member_id, karma
), levels as materialized (
  select array_agg(level order by level) as levels from karma_levels having count(*) > 0
), crossed as (
  select moved.member_id from moved join sums using (member_id), levels
  where width_bucket(moved.karma, levels) <> width_bucket(moved.karma - sums.delta, levels)
)`;

const due = (from: string) => `due as (
  insert into due_members (member_id) select member_id from ${from} order by member_id
  on conflict (member_id) do update set version = due_members.version + 1, dispatched_at = null
  returning member_id
)
select firsts.ordinal::integer as ordinal, moved.karma,
       (select pg_notify('due_members', '') where exists (select from due)) as notified
from fresh join firsts using (member_id, source_id, event_id) join moved using (member_id)`;

/** For events that neither reverse others nor add audiences: nearly all of them. */
export const recordPlain: Statement = {
  name: 'record-plain',
  text: `with ${given}, ${found}, ${bornPlain}, ${resolved}, countable as (select * from resolved),
${ledger('(member_id, source_id, event_id)')}, ${due('crossed')}`,
};

/**
 * A reversal takes its delta from what it reverses, once; one that names nothing known, or says another delta, is not
 * counted. Audiences come with events that are counted now, so that repeating an old one does not bring old ones back.
 */
export const recordAny: Statement = {
  name: 'record-any',
  text: `with ${given}, ${found}, ${bornWithAudiences}, ${resolved}, countable as (
  select resolved.member_id, resolved.source_id, resolved.event_id, coalesce(resolved.delta, -original.delta) as delta,
         resolved.reason, resolved.occurred_at, resolved.reverses, resolved.ordinal, resolved.external_id,
         string_to_array(resolved.audiences, ',') as slugs
  from resolved
  left join karma_events original
    on original.member_id = resolved.member_id and original.source_id = resolved.source_id
   and original.event_id = resolved.reverses
  where resolved.reverses is null or coalesce(resolved.delta, -original.delta) = -original.delta
),
${ledger('')}, joining as (
  select member_id, external_id, array_agg(distinct slug order by slug) as slugs
  from fresh join firsts using (member_id, source_id, event_id), unnest(slugs) as slug
  where member_id not in (select id from born)
  group by member_id, external_id
), joined as (
  insert into members (id, external_id, audiences)
  select member_id, external_id, slugs from joining order by member_id
  on conflict (id) do update set audiences = ${union} where not members.audiences @> excluded.audiences
  returning id as member_id
), concerned as (select member_id from crossed union select member_id from joined),
${due('concerned')}`,
};

/** What is stored under the ids of events that were not counted, beside what was sent. */
export const explainUncounted: Statement = {
  name: 'explain-uncounted',
  text: `with ${given}
select given.ordinal::integer as ordinal, balance.karma, stored.member_id is not null as stored,
       stored.delta = coalesce(given.delta, -original.delta) and stored.reason is not distinct from given.reason
         and stored.occurred_at is not distinct from given.occurred_at
         and stored.reverses is not distinct from given.reverses as same,
       original.delta as original_delta, coalesce(given.delta, -original.delta) = -original.delta as fits,
       reversal.event_id as reversed_by
from given
left join members on members.external_id = given.external_id
left join karma_balances balance on balance.member_id = members.id
left join karma_events stored
  on stored.member_id = members.id and stored.source_id = given.source_id and stored.event_id = given.event_id
left join karma_events original
  on original.member_id = members.id and original.source_id = given.source_id and original.event_id = given.reverses
left join karma_events reversal
  on reversal.member_id = members.id and reversal.source_id = given.source_id and reversal.reverses = given.reverses`,
};
