import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A one-time secret that links an account, known by its hash. */
@Entity('tickets')
export class Ticket {
  @PrimaryColumn('bigint', { name: 'member_id' })
  memberId: number;

  @PrimaryColumn('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  @Column('text')
  purpose: string;

  @Column('text')
  platform: string;

  /** The site that asked for it, as members know it. */
  @Column('text')
  site: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;

  /** The platform's id of whoever used it. */
  @Column('text', { name: 'used_by', nullable: true })
  usedBy: string | null;
}
