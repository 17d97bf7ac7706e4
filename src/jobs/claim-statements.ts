import { relaxedCommit } from '../platform/database/relaxed-commit';
import type { Statement } from '../platform/database/statement';

/**
 * How the relay takes rows to the queue. A row that was taken and is still there after ten seconds is taken again: the
 * queue lost it, or its worker died. At most a window of rows is on its way, so that a backlog waits here and not there.
 */
export const REDISPATCH_SECONDS = 10;
export const WINDOW = 200;

const recently = `now() - interval '${REDISPATCH_SECONDS} seconds'`;

export const claimDueMembers: Statement = {
  name: 'claim-due-members',
  text: `
with room as (
  select ${WINDOW} - count(*) as places from due_members where dispatched_at >= ${recently}
), taken as (
  select member_id from due_members
  where (dispatched_at is null or dispatched_at < ${recently}) and not_before <= now()
  order by dispatched_at nulls first, since
  limit (select greatest(places, 0) from room)
  for update skip locked
)
update due_members set dispatched_at = now() from taken where due_members.member_id = taken.member_id
returning due_members.member_id as id, ${relaxedCommit}`,
};

/** Of each lane only the first that is due, and none while another of its lane is on its way. */
export const claimEffects: Statement = {
  name: 'claim-effects',
  text: `
with busy as materialized (
  select lane from effects where status = 'open' and dispatched_at >= ${recently}
), heads as (
  select distinct on (lane) id from effects
  where status = 'open' and due_at <= now() and lane not in (select lane from busy)
  order by lane, id
), taken as (
  select member_id, id from effects
  where id in (select id from heads) and status = 'open'
    and (dispatched_at is null or dispatched_at < ${recently})
    and (leased_until is null or leased_until < now())
  order by id
  limit (select greatest(${WINDOW} - count(*), 0) from busy)
  for update skip locked
)
update effects set dispatched_at = now() from taken
where effects.member_id = taken.member_id and effects.id = taken.id
returning effects.id, ${relaxedCommit}`,
};

export const releaseDueMembers: Statement = {
  name: 'release-due-members',
  text: 'update due_members set dispatched_at = null where member_id = any($1)',
};

export const releaseEffects: Statement = {
  name: 'release-effects',
  text: 'update effects set dispatched_at = null where id = any($1)',
};
