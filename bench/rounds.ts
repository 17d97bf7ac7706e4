/**
 * Runs the arms in turns, so that whatever else the machine does meets all of them, each round beginning with another
 * one. A first round is thrown away: it warms caches, plans and compiled code.
 */
export async function interleave<Sample, Names extends string>(
  arms: Record<Names, () => Promise<Sample>>,
  rounds: number,
  tell: (sentence: string) => void,
): Promise<Record<Names, Sample[]>> {
  const names = Object.keys(arms) as Names[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Names, Sample[]>;
  for (let round = 0; round <= rounds; round++) {
    tell(round === 0 ? 'warm-up round' : `round ${round} of ${rounds}`);
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length]!;
      const sample = await arms[name]();
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}
