import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A karma level at which a message is posted and pinned in a group. */
@Entity('milestones')
export class Milestone {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint', { name: 'group_id' })
  groupId: number;

  @Column('bigint')
  karma: number;

  /** Replaces the usual sentence; `{name}` and `{karma}` stand for the member. */
  @Column('text', { nullable: true })
  text: string | null;
}
