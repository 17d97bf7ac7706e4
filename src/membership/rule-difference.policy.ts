export interface Thresholds {
  audiences: readonly string[];
  admitAt: number;
  keepAt: number;
}

/** Karma from `from` up to, but not including, `below`. */
export interface KarmaRange {
  from: number;
  below: number;
}

const EVERYBODY: KarmaRange = { from: Number.MIN_SAFE_INTEGER, below: Number.MAX_SAFE_INTEGER };
const NOBODY: KarmaRange = { from: 0, below: 0 };

/**
 * The karma for which a rule can decide otherwise than one of those before it; an empty range when it cannot. A first
 * rule, or other audiences, concern everybody.
 */
export function ruleDifference(before: readonly Thresholds[], after: Thresholds): KarmaRange {
  if (before.length === 0) return EVERYBODY;
  if (before.some((rule) => sorted(rule.audiences) !== sorted(after.audiences))) return EVERYBODY;
  const moved = before.flatMap((rule) => [
    ...(rule.admitAt === after.admitAt ? [] : [rule.admitAt, after.admitAt]),
    ...(rule.keepAt === after.keepAt ? [] : [rule.keepAt, after.keepAt]),
  ]);
  return moved.length === 0 ? NOBODY : { from: Math.min(...moved), below: Math.max(...moved) };
}

function sorted(audiences: readonly string[]): string {
  return [...audiences].sort().join();
}
