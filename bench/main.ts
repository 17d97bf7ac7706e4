import type { Finding } from './report/finding';
import { describeMachine } from './report/machine';
import { print, printResults, tell } from './report/print';
import { measurements } from './measurements/table';
import { type BenchOptions, readOptions, usage } from './options';
import { createDatabase } from './surroundings/database';
import { openStand, type Stand } from './surroundings/stand';

/** `npm run bench`: measures what was asked for, each thing beside the least it could cost, and judges by ratios. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const unknown = options.measurements.find((wanted) => !measurements.some(({ name }) => name === wanted));
  if (unknown !== undefined) {
    throw new Error(
      `There is no measurement "${unknown}", only ${measurements.map(({ name }) => name).join(', ')}.`,
    );
  }
  const stand = await openStand();
  const close = (): void => void stand.close().then(() => process.exit(130));
  process.once('SIGINT', close);
  process.once('SIGTERM', close);
  try {
    return await measureAll(options, stand);
  } finally {
    await stand.close();
  }
}

async function measureAll(options: BenchOptions, stand: Stand): Promise<number> {
  print(...(await describeMachine(stand, (await createDatabase(stand, 'machine')).client)));
  const findings: Finding[] = [];
  for (const { name, about, measure } of measurements) {
    if (options.measurements.length > 0 && !options.measurements.includes(name)) continue;
    const results = await measure({ options, stand });
    printResults(name, about, results);
    findings.push(...results.findings);
  }
  const missed = findings.filter(({ floor }) => floor && !floor.met).length;
  const held = findings.filter(({ floor }) => floor).length - missed;
  print('', `${held} floors met, ${missed} missed`);
  return options.gate && missed > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    tell(`${(error as Error).message}\n${usage}`);
    process.exit(1);
  },
);
