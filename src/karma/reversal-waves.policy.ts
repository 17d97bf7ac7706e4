/**
 * Splits a request into parts that can each be one statement: an event that reverses another of the same request comes
 * after it, because a statement does not see its own rows.
 */
export function reversalWaves<E extends { id: string; member: string; reverses?: string | undefined }>(
  events: readonly E[],
): number[][] {
  if (!events.some((event) => event.reverses !== undefined)) return [events.map((_, index) => index)];
  const waveOf = new Map<string, number>();
  const waves: number[][] = [];
  events.forEach((event, index) => {
    const original = event.reverses === undefined ? undefined : waveOf.get(key(event.member, event.reverses));
    const wave = original === undefined ? 0 : original + 1;
    if (!waveOf.has(key(event.member, event.id))) waveOf.set(key(event.member, event.id), wave);
    (waves[wave] ??= []).push(index);
  });
  return waves;
}

function key(member: string, id: string): string {
  return JSON.stringify([member, id]);
}
