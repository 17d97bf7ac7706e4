import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A user of the community site. */
@Entity('members')
export class Member {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text', { name: 'external_id' })
  externalId: string;

  @Column('text', { name: 'display_name', nullable: true })
  displayName: string | null;

  @Column('text', { array: true, default: () => "'{}'" })
  audiences: string[];

  @Column('text', { nullable: true })
  locale: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
