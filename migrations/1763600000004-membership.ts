import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where karmagate has got to with a member in a group, beside what the platform says about them.
 * platform_user_id is the identity that was let in: it outlives the link, so that access can be taken back after it.
 * presence_order is the platform's own counter of what it tells: it decides between what happened in the same second.
 * highest_karma only rises: a milestone below it has been passed and is not posted again.
 */
export class Membership1763600000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table memberships (
        member_id bigint not null references members,
        group_id bigint not null references groups,
        platform_user_id text,
        presence text not null default 'unknown' check (presence in
          ('unknown', 'out', 'requested', 'in', 'restricted', 'admin', 'banned')),
        presence_at timestamptz,
        presence_order bigint not null default 0,
        contact_id text,
        contact_until timestamptz,
        standing text not null default 'none' check (standing in
          ('none', 'invited', 'in', 'at_risk', 'leaving', 'left', 'barred', 'exempt')),
        decision jsonb,
        grace_until timestamptz,
        highest_karma bigint,
        updated_at timestamptz not null default now(),
        primary key (member_id, group_id)
      );
      create index memberships_group_standing on memberships (group_id, standing);
      create index memberships_group_user on memberships (group_id, platform_user_id);
      create index memberships_grace on memberships (grace_until) where grace_until is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table memberships');
  }
}
