import { Column, Entity, PrimaryColumn } from 'typeorm';

export type EffectStatus = 'open' | 'done' | 'cancelled' | 'failed';

/** One thing to do on a platform: a row before it is a call. At most one of a kind is open per member and group. */
@Entity('effects')
export class Effect {
  @PrimaryColumn('bigint', { name: 'member_id' })
  memberId: number;

  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint', { name: 'group_id' })
  groupId: number;

  @Column('text')
  platform: string;

  @Column('text')
  kind: string;

  /** Effects of one lane are performed one after another. */
  @Column('text')
  lane: string;

  @Column('jsonb', { default: {} })
  payload: Record<string, unknown>;

  /** How far an effect of several calls has got, so that it goes on there. */
  @Column('jsonb', { nullable: true })
  progress: Record<string, unknown> | null;

  @Column('text', { default: 'open' })
  status: EffectStatus;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('timestamptz', { name: 'due_at', default: () => 'now()' })
  dueAt: Date;

  @Column('timestamptz', { name: 'dispatched_at', nullable: true })
  dispatchedAt: Date | null;

  /** While a worker performs it, no other does; a worker that dies lets go when this is over. */
  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil: Date | null;

  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('text', { nullable: true })
  problem: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;
}
