import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A sender of karma events. */
@Entity('sources')
export class Source {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  name: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
