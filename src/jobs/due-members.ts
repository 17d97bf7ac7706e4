import type { ClientBase, Pool } from 'pg';
import { run, type Statement } from '../platform/database/statement';

/** The channel on which the relay hears that members are due. */
export const DUE_MEMBERS_CHANNEL = 'due_members';

const put: Statement = {
  name: 'put-due-members',
  text: `with due as (
           insert into due_members (member_id) select distinct id from unnest($1::bigint[]) id order by id
           on conflict (member_id) do update set version = due_members.version + 1, dispatched_at = null
           returning member_id
         )
         select pg_notify('${DUE_MEMBERS_CHANNEL}', '') where exists (select from due)`,
};

/** Puts members on the work list: whatever may have changed for them, they are looked at again. */
export async function putDueMembers(
  connection: ClientBase | Pool,
  memberIds: readonly number[],
): Promise<void> {
  if (memberIds.length > 0) await run(connection, put, [memberIds]);
}
