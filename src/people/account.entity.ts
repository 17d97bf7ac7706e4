import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A member's identity on a chat platform: one per member and platform, and belonging to one member only. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('bigint', { name: 'member_id' })
  memberId: number;

  @PrimaryColumn('text')
  platform: string;

  @Column('text', { name: 'platform_user_id' })
  platformUserId: string;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('text', { nullable: true })
  username: string | null;

  /** Whether the platform lets us write to this person: false once they block the bot. */
  @Column('boolean', { default: true })
  reachable: boolean;

  @Column('timestamptz', { name: 'linked_at', default: () => 'now()' })
  linkedAt: Date;

  @Column('text', { name: 'linked_via' })
  linkedVia: string;
}
