import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Updates from platforms, stored before they are acknowledged: each is handled once in effect. */
export class Inbox1763600000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inbox_updates (
        platform text not null,
        update_id bigint not null,
        payload jsonb not null,
        received_at timestamptz not null default now(),
        attempts integer not null default 0,
        leased_until timestamptz,
        handled_at timestamptz,
        problem text,
        primary key (platform, update_id)
      );
      create index inbox_updates_waiting on inbox_updates (received_at) where handled_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inbox_updates');
  }
}
