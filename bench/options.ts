import { parseArgs } from 'node:util';

/** What to measure and how long, as the command line asks for it. */
export interface BenchOptions {
  /** Names of measurements; empty means all of them. */
  measurements: string[];
  rounds: number;
  /** Of each arm in each round, after its warm-up. */
  seconds: number;
  members: number;
  /** Events that lie in the ledger before the arm that asks what a full ledger costs. */
  stored: number;
  /** End with exit code 1 when a floor is missed. */
  gate: boolean;
}

export const usage = `npm run bench -- [measurement …] [--rounds 5] [--seconds 4] [--members 1000000] [--stored 5000000] [--gate]`;

/** @throws Error in one sentence when an option is wrong. */
export function readOptions(args: string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      members: { type: 'string', default: '1000000' },
      stored: { type: 'string', default: '5000000' },
      gate: { type: 'boolean', default: false },
    },
  });
  return {
    measurements: positionals,
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    members: positive('members', values.members),
    stored: positive('stored', values.stored),
    gate: values.gate,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new Error(`--${name} must be a number above 0, not "${text}".`);
  return value;
}
