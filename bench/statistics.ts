/** Medians and percentiles of unsorted numbers. */
export function median(values: ArrayLike<number>): number {
  return percentile(values, 0.5);
}

/** The value that this share of all values does not exceed. */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The median of the ratios of samples that were taken in the same round, with the lowest and the highest. */
export function pairedRatio(
  numerators: readonly number[],
  denominators: readonly number[],
): { median: number; lowest: number; highest: number } {
  const ratios = numerators.map((numerator, round) => numerator / denominators[round]!);
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}
