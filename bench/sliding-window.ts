/** The most moments that lie in any stretch of time shorter than this. */
export function mostInAnySpan(moments: readonly number[], spanMs: number): number {
  const sorted = [...moments].sort((a, b) => a - b);
  let most = 0;
  let from = 0;
  sorted.forEach((moment, index) => {
    while (moment - sorted[from]! >= spanMs) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

/** How much of "so many per span" was used: by how long after each moment the one that many later came. */
export function usedShare(moments: readonly number[], count: number, spanMs: number): number {
  const sorted = [...moments].sort((a, b) => a - b);
  const spans = sorted.slice(count).map((moment, index) => moment - sorted[index]!);
  const mean = spans.reduce((sum, span) => sum + span, 0) / spans.length;
  return spanMs / mean;
}
