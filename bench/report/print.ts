import type { Results } from './finding';

/** Plain text for a terminal and for a log: columns under each other, a word for every floor. */
export function printResults(name: string, about: string, results: Results): void {
  print('', `${name}: ${about}`, '');
  print(...table([results.columns, ...results.rows]), '');
  for (const { claim, figure, floor, bound } of results.findings) {
    const verdict = floor ? `${floor.met ? 'met   ' : 'MISSED'} (floor ${floor.wanted})` : '      ';
    print(`  ${verdict}  ${claim}: ${figure}`, `          bound by ${bound}`);
  }
  for (const note of results.notes) print(`  ${note}`);
}

export function print(...lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Progress goes the other way, so that the report can be kept by itself. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(
    (row) =>
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')}`,
  );
}
