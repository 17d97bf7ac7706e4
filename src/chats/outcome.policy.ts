import type { Presence } from '../membership/standing.policy';
import type { Outcome } from './outcome';

export type Afterwards = { status: 'done' | 'failed' } | { status: 'open'; afterMs: number };

/** Enough for an outage of a day: 1 s, 2 s, 4 s … and then every ten minutes. */
const MAX_ATTEMPTS = 150;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** What becomes of an effect by how it ended: finished, given up, or tried again later. */
export function afterwards(outcome: Outcome, attempts: number): Afterwards {
  switch (outcome.kind) {
    case 'done':
    case 'already':
    case 'unreachable':
    case 'protected':
      return { status: 'done' };
    case 'gone':
    case 'refused':
    case 'unsupported':
      return { status: 'failed' };
    case 'flood':
      return { status: 'open', afterMs: outcome.retryAfterMs };
    case 'moved':
      return { status: 'open', afterMs: 0 };
    case 'forbidden':
      return { status: 'open', afterMs: LONGEST_PAUSE_MS };
    case 'unknown':
      if (attempts >= MAX_ATTEMPTS) return { status: 'failed' };
      return { status: 'open', afterMs: Math.min(1000 * 2 ** Math.min(attempts - 1, 10), LONGEST_PAUSE_MS) };
  }
}

/** What an effect has made true of somebody's presence, told before the platform's own update comes. */
export function presenceAfter(kind: string, outcome: Outcome): Presence | undefined {
  if (outcome.kind === 'protected') return 'admin';
  if (outcome.kind !== 'done') return undefined;
  if (kind === 'approve') return 'in';
  if (kind === 'decline' || kind === 'remove') return 'out';
  return undefined;
}

/** "It was so already" can mean several things at a door: whoever hears it must look. */
export function needsLook(kind: string, outcome: Outcome): boolean {
  return outcome.kind === 'already' && (kind === 'approve' || kind === 'decline' || kind === 'remove');
}
