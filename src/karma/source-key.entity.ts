import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One of a source's keys, known by its hash. Several may live at once, so that a key can be changed without a gap. */
@Entity('source_keys')
export class SourceKey {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint', { name: 'source_id' })
  sourceId: number;

  @Column('bytea', { name: 'key_hash' })
  keyHash: Buffer;

  /** The last characters of the key, so that people can tell keys apart. */
  @Column('text')
  hint: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
