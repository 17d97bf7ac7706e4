const CELLS = 12;

/** A bar of text, as full as `value` is of `goal`; never quite full before the goal is reached. */
export function progressBar(value: number, goal: number): string {
  const share = value >= goal ? 1 : goal > 0 ? Math.max(0, value / goal) : 0;
  const percent = Math.floor(share * 100);
  const filled = Math.floor(share * CELLS);
  return `<code>${'█'.repeat(filled)}${'░'.repeat(CELLS - filled)}</code> ${percent} %`;
}
