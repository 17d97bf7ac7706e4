import type { EventResult } from './event.schema';

export type Recorded = Omit<EventResult, 'index' | 'id'>;

/** What the ledger holds that bears on an event it did not count. */
export interface Explanation {
  karma: number | null;
  stored: boolean;
  same: boolean | null;
  original_delta: number | null;
  /** Whether the delta that was sent, if any, undoes the original. */
  fits: boolean | null;
  reversed_by: string | null;
}

/** Why an event was not counted: it already was, its id is taken by other content, or it reverses what cannot be reversed. */
export function explainRefusal(found: Explanation): Recorded {
  const karma = found.karma === null ? {} : { karma: found.karma };
  if (found.stored && found.same) return { status: 'duplicate', ...karma };
  if (found.stored) {
    return {
      status: 'conflict',
      ...karma,
      error: {
        code: 'event-id-taken',
        detail:
          'Another event with this id is already counted for this member: give a new event an id of its own.',
      },
    };
  }
  return { status: 'invalid', ...karma, error: whyNotReversed(found) };
}

function whyNotReversed(found: Explanation): { code: string; detail: string } {
  if (found.original_delta === null) {
    return {
      code: 'unknown-original',
      detail: 'There is no event of this source and member with the id in "reverses": send that event first.',
    };
  }
  if (found.reversed_by !== null) {
    return {
      code: 'already-reversed',
      detail: 'The event in "reverses" was already reversed: it counts for nothing now.',
    };
  }
  if (found.fits) {
    return {
      code: 'unknown-original',
      detail: 'The event in "reverses" came only after this one: send this one again.',
    };
  }
  return {
    code: 'delta-mismatch',
    detail: `To reverse that event, "delta" must be ${-found.original_delta}: leave it out, and it is filled in.`,
  };
}
