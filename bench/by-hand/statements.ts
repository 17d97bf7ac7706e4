/**
 * What somebody would write by hand for the same work, and the least they could get away with: member ids are known as
 * numbers, duplicates are dropped without an explanation, nothing is audited, nobody is notified.
 */
export const singleEvent = {
  name: 'by-hand-single',
  text: `
with fresh as (
  insert into karma_events (member_id, source_id, event_id, delta) values ($1::bigint, $2::bigint, $3::text, $4::bigint)
  on conflict do nothing returning delta
), moved as (
  insert into karma_balances as balance (member_id, karma) select $1, delta from fresh
  on conflict (member_id) do update set karma = balance.karma + excluded.karma
  returning karma
), crossed as (
  select from moved
  where exists (select from bench_levels
                where level > least(karma, karma - $4) and level <= greatest(karma, karma - $4))
)
insert into due_members (member_id) select $1 from crossed
on conflict (member_id) do update set version = due_members.version + 1`,
};

export const manyEvents = {
  name: 'by-hand-many',
  text: `
with fresh as (
  insert into karma_events (member_id, source_id, event_id, delta)
  select member_id, $2::bigint, event_id, delta
  from unnest($1::bigint[], $3::text[], $4::bigint[]) as given (member_id, event_id, delta)
  order by member_id, event_id
  on conflict do nothing returning member_id, delta
), sums as (
  select member_id, sum(delta)::bigint as delta from fresh group by member_id
), moved as (
  insert into karma_balances as balance (member_id, karma)
  select member_id, delta from sums order by member_id
  on conflict (member_id) do update set karma = balance.karma + excluded.karma
  returning member_id, karma
), crossed as (
  select member_id from moved join sums using (member_id)
  where exists (select from bench_levels
                where level > least(karma, karma - delta) and level <= greatest(karma, karma - delta))
)
insert into due_members (member_id) select member_id from crossed order by member_id
on conflict (member_id) do update set version = due_members.version + 1`,
};
