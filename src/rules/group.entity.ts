import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type GroupStatus = 'unclaimed' | 'active' | 'suspended';

/**
 * A private chat under management. `unclaimed` until an administrator's link has added the bot to a chat; `suspended`
 * while the bot cannot do its work there, which `trouble` tells in words.
 */
@Entity('groups')
export class Group {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  platform: string;

  @Column('text', { name: 'chat_id', nullable: true })
  chatId: string | null;

  @Column('text')
  title: string;

  @Column('text')
  status: GroupStatus;

  @Column('text', { nullable: true })
  trouble: string | null;

  /** What the bot may do there, as the platform last said. */
  @Column('jsonb', { nullable: true })
  rights: Record<string, boolean> | null;

  /** The one link of the group: it asks to join, so that a leaked one opens nothing. */
  @Column('text', { name: 'invite_link', nullable: true })
  inviteLink: string | null;

  /** The milestone that is pinned at the moment: the next one takes its place. */
  @Column('text', { name: 'pinned_message_id', nullable: true })
  pinnedMessageId: string | null;

  @Column('bytea', { name: 'claim_hash', nullable: true })
  claimHash: Buffer | null;

  @Column('timestamptz', { name: 'claim_expires_at', nullable: true })
  claimExpiresAt: Date | null;

  /** When the platform last proved that the bot is there. */
  @Column('timestamptz', { name: 'proven_at', nullable: true })
  provenAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
