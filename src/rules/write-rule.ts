import type { PoolClient } from 'pg';
import type { NewRule } from './groups.schema';

/** The channel on which workers hear that a group's members must be looked at again. */
export const RULES_CHANGED_CHANNEL = 'rules_changed';

/**
 * Writes a new version of a group's rule and ends the one before. Members are put on the work list afterwards by
 * `reassess-groups`, when no transaction is left that could have judged a crossing by the older rule.
 */
export async function writeRule(
  client: PoolClient,
  groupId: number,
  rule: NewRule,
  author: string,
): Promise<void> {
  await client.query('select from groups where id = $1 for no key update', [groupId]);
  await client.query('update rules set superseded_at = now() where group_id = $1 and superseded_at is null', [
    groupId,
  ]);
  await client.query(
    `insert into rules (group_id, version, audiences, admit_at, keep_at, grace_hours, admission, author, reason)
     select $1, coalesce(max(version), 0) + 1, $2::text[], $3::bigint, $4::bigint, $5::float8, $6, $7, $8
     from rules where group_id = $1`,
    [
      groupId,
      [...new Set(rule.audiences)].sort(),
      rule.admitAt,
      rule.keepAt ?? rule.admitAt,
      rule.graceHours,
      rule.admission,
      author,
      rule.reason,
    ],
  );
  await client.query(`notify ${RULES_CHANGED_CHANNEL}`);
}
