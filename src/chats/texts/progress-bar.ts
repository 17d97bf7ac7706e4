const CELLS = 12;

/** A bar of text, as full as `value` is of `goal`; never quite full before the goal is reached. */
export function progressBar(value: number, goal: number): string {
  const share = goal <= 0 ? 1 : Math.min(1, Math.max(0, value / goal));
  const percent = Math.floor(share * 100);
  const filled = Math.floor(share * CELLS);
  return `<code>${'█'.repeat(filled)}${'░'.repeat(CELLS - filled)}</code> ${percent} %`;
}
