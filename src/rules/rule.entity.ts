import { Column, Entity, PrimaryColumn } from 'typeorm';

export type Admission = 'request';

/** What a group asks for, one row per version: the one without an end holds. */
@Entity('rules')
export class Rule {
  @PrimaryColumn('bigint', { name: 'group_id' })
  groupId: number;

  @PrimaryColumn('integer')
  version: number;

  /** Empty means everybody. */
  @Column('text', { array: true })
  audiences: string[];

  @Column('bigint', { name: 'admit_at' })
  admitAt: number;

  /** At most admitAt: between the two, whoever is in stays in and whoever is out stays out. */
  @Column('bigint', { name: 'keep_at' })
  keepAt: number;

  @Column('double precision', { name: 'grace_hours' })
  graceHours: number;

  @Column('text')
  admission: Admission;

  @Column('text')
  author: string;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'superseded_at', nullable: true })
  supersededAt: Date | null;

  /** When every member the change may concern had been put on the work list. */
  @Column('timestamptz', { name: 'reassessed_at', nullable: true })
  reassessedAt: Date | null;
}
