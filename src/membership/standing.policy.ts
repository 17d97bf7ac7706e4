import type { Decision } from './entitle.policy';

export const PRESENCES = ['unknown', 'out', 'requested', 'in', 'restricted', 'admin', 'banned'] as const;
export const STANDINGS = ['none', 'invited', 'in', 'at_risk', 'leaving', 'left', 'barred', 'exempt'] as const;

/** What the platform says about a member in a group. */
export type Presence = (typeof PRESENCES)[number];
/** Where karmagate has got to with that member. */
export type Standing = (typeof STANDINGS)[number];

export interface StepFacts {
  standing: Standing;
  presence: Presence;
  decision: Decision;
  graceUntil: Date | null;
  graceHours: number;
}

/** What is to be done on the platform, besides what was already asked for. */
export type StepEffect =
  | { kind: 'invite' | 'approve' | 'decline' | 'remove' | 'warn' }
  | { kind: 'notify'; about: 'recovered' | 'removed' };

export interface Step {
  standing: Standing;
  graceUntil: Date | null;
  effects: StepEffect[];
}

type Move =
  | 'stay'
  | 'invite'
  | 'approve'
  | 'decline'
  | 'decline_left'
  | 'withdraw'
  | 'enter'
  | 'warn'
  | 'recover'
  | 'watch'
  | 'remove'
  | 'removed'
  | 'leave'
  | 'bar'
  | 'exempt';

/**
 * The states of a member in a group:
 *
 * - `none`: nothing open. Becoming entitled leads to `invited`; found inside without being entitled, to `at_risk`.
 * - `invited`: the door is open. Asking to join is approved; coming in leads to `in`; losing the entitlement closes the
 *   door again (`none`).
 * - `in`: inside and entitled. Losing the entitlement leads to `at_risk` with a warning; going out of one's own accord
 *   to `left`.
 * - `at_risk`: inside, not entitled, warned. Becoming entitled again leads back to `in`; the end of grace to `leaving`.
 * - `leaving`: the removal is under way. Once the platform says they are out: `none`.
 * - `left`: went by choice. They are not invited again, but let in when they ask and are entitled.
 * - `barred`: banned by a human. Only a human leads out of it; afterwards they are treated as somebody who left.
 * - `exempt`: owner, administrator or bot: never touched, whatever their karma.
 *
 * `unknown` presence changes nothing that takes something away: nobody is removed on it, and no one who is in leaves
 * `in` by it. The table has a row for each standing and in it, for each presence, the move of somebody who is entitled
 * and of somebody who is not.
 */
type Cell = readonly [entitled: Move, unentitled: Move];
type Row = Record<'unknown' | 'out' | 'requested' | 'inside', Cell>;

const moves: Record<Standing, Row> = {
  none: {
    unknown: ['invite', 'stay'],
    out: ['invite', 'stay'],
    requested: ['approve', 'decline'],
    inside: ['enter', 'warn'],
  },
  invited: {
    unknown: ['stay', 'withdraw'],
    out: ['stay', 'withdraw'],
    requested: ['approve', 'decline'],
    inside: ['enter', 'warn'],
  },
  in: {
    unknown: ['stay', 'stay'],
    out: ['leave', 'leave'],
    requested: ['approve', 'decline'],
    inside: ['stay', 'warn'],
  },
  at_risk: {
    unknown: ['recover', 'stay'],
    out: ['leave', 'leave'],
    requested: ['approve', 'decline'],
    inside: ['recover', 'watch'],
  },
  leaving: {
    unknown: ['recover', 'stay'],
    out: ['invite', 'removed'],
    requested: ['approve', 'decline'],
    inside: ['recover', 'remove'],
  },
  left: {
    unknown: ['stay', 'stay'],
    out: ['stay', 'stay'],
    requested: ['approve', 'decline_left'],
    inside: ['enter', 'warn'],
  },
  barred: {
    unknown: ['stay', 'stay'],
    out: ['leave', 'leave'],
    requested: ['approve', 'decline_left'],
    inside: ['enter', 'warn'],
  },
  exempt: {
    unknown: ['stay', 'stay'],
    out: ['leave', 'leave'],
    requested: ['approve', 'decline'],
    inside: ['enter', 'warn'],
  },
};

/** The next standing and what is to be done for it. Repeating a step on its own result asks for nothing new. */
export function step(facts: StepFacts, now: Date): Step {
  return carryOut(chooseMove(facts), facts, now);
}

/** Presence inside the chat, in any form a member can have. */
export function isInside(presence: Presence): boolean {
  return presence === 'in' || presence === 'restricted' || presence === 'admin';
}

/** Who counts as being in already: for them keepAt holds, not admitAt. What is not known takes nothing away. */
export function countsAsIn(standing: Standing, presence: Presence): boolean {
  return isInside(presence) || (presence === 'unknown' && (standing === 'in' || standing === 'at_risk'));
}

function chooseMove({ standing, presence, decision }: StepFacts): Move {
  if (presence === 'admin') return 'exempt';
  if (presence === 'banned') return 'bar';
  const [entitled, unentitled] = moves[standing][isInside(presence) ? 'inside' : (presence as keyof Row)];
  return decision.entitled ? entitled : unentitled;
}

function carryOut(move: Move, facts: StepFacts, now: Date): Step {
  const { standing, graceUntil } = facts;
  switch (move) {
    case 'stay':
      return { standing, graceUntil, effects: [] };
    case 'invite':
      return to('invited', { kind: 'invite' });
    case 'approve':
      return to('invited', { kind: 'approve' });
    case 'decline':
      return to('none', { kind: 'decline' });
    case 'decline_left':
      return to('left', { kind: 'decline' });
    case 'withdraw':
      return to('none');
    case 'enter':
      return to('in');
    case 'recover':
      return to('in', { kind: 'notify', about: 'recovered' });
    case 'warn':
      if (isImmediate(facts.decision)) return to('leaving', { kind: 'remove' });
      return {
        standing: 'at_risk',
        graceUntil: hoursLater(now, facts.graceHours),
        effects: [{ kind: 'warn' }],
      };
    case 'watch':
      if (isImmediate(facts.decision) || !graceUntil || now >= graceUntil)
        return to('leaving', { kind: 'remove' });
      return { standing, graceUntil, effects: [] };
    case 'remove':
      return to('leaving', { kind: 'remove' });
    case 'removed':
      return to('none', { kind: 'notify', about: 'removed' });
    case 'leave':
      return to('left');
    case 'bar':
      return to('barred');
    case 'exempt':
      return to('exempt');
  }
}

/** Grace protects from losing karma or audience; somebody who unlinked their account asked to go. */
function isImmediate(decision: Decision): boolean {
  return decision.reasons.some(({ code }) => code === 'not_linked');
}

function to(standing: Standing, ...effects: StepEffect[]): Step {
  return { standing, graceUntil: null, effects };
}

function hoursLater(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * 60 * 60 * 1000);
}
