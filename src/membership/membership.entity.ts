import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Decision } from './entitle.policy';
import type { Presence, Standing } from './standing.policy';

/** A member in a group: what the platform says, and where karmagate has got to. */
@Entity('memberships')
export class Membership {
  @PrimaryColumn('bigint', { name: 'member_id' })
  memberId: number;

  @PrimaryColumn('bigint', { name: 'group_id' })
  groupId: number;

  /** The identity that was let in; it outlives the link, so that access can be taken back after it. */
  @Column('text', { name: 'platform_user_id', nullable: true })
  platformUserId: string | null;

  @Column('text', { default: 'unknown' })
  presence: Presence;

  /** When the platform says it became so. */
  @Column('timestamptz', { name: 'presence_at', nullable: true })
  presenceAt: Date | null;

  /** Where somebody who asks to join can be written to, though they never wrote to the bot, and until when. */
  @Column('text', { name: 'contact_id', nullable: true })
  contactId: string | null;

  @Column('timestamptz', { name: 'contact_until', nullable: true })
  contactUntil: Date | null;

  @Column('text', { default: 'none' })
  standing: Standing;

  @Column('jsonb', { nullable: true })
  decision: Decision | null;

  @Column('timestamptz', { name: 'grace_until', nullable: true })
  graceUntil: Date | null;

  /** Milestones up to here are passed. */
  @Column('bigint', { name: 'highest_karma', nullable: true })
  highestKarma: number | null;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
