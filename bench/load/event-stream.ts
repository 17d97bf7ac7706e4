/** Karma events as a site would send them, endlessly: no two have the same id. */
export interface Spread {
  members: number;
  /** So many members take half of all events; 0 spreads them evenly. */
  hot: number;
}

export interface StreamedEvent {
  id: string;
  /** From 1 to the number of members. */
  member: number;
  delta: number;
}

/**
 * With a level every 500 points about one event in eleven crosses one: more than a community would see, so that the
 * work list takes part in what is measured.
 */
export const LEVEL_STEP = 500;
export const LEVELS = 20;
const LARGEST_DELTA = 87;

export function eventStream({ members, hot }: Spread): () => StreamedEvent {
  const stamp = Date.now().toString(36) + process.pid.toString(36);
  let serial = 0;
  return () => {
    const isHot = hot > 0 && Math.random() < 0.5;
    const member = 1 + Math.floor(Math.random() * (isHot ? hot : members));
    const size = 1 + Math.floor(Math.random() * LARGEST_DELTA);
    return { id: `${stamp}-${++serial}`, member, delta: Math.random() < 0.5 ? size : -size };
  };
}
