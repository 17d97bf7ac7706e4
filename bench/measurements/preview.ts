import { Pool } from 'pg';
import { httpJson } from '../../launch/demo/http-json';
import { PreviewRule, type RulePreview } from '../../src/membership/preview-rule';
import { Clock } from '../../src/platform/clock';
import { createPool } from '../../src/platform/database/create-pool';
import type { Database } from '../../src/platform/database/database';
import { LEVEL_STEP, LEVELS } from '../load/event-stream';
import { atMost, type Finding, type Results } from '../report/finding';
import { tell } from '../report/print';
import { interleave } from '../rounds';
import { median, pairedRatio } from '../statistics';
import { ADMIN_TOKEN } from '../surroundings/application';
import { createDatabase } from '../surroundings/database';
import {
  fillAccounts,
  fillBalances,
  fillGroups,
  fillInside,
  fillMembers,
  settle,
} from '../surroundings/fill';
import { FIRST_USER_ID } from '../surroundings/sandbox';
import type { Bench, Measurement } from './measurement';
import { openSide } from './open-side';

/** What it costs to see beforehand what another threshold would mean. */
export const preview: Measurement = {
  name: 'preview',
  about: 'a moved threshold previewed over all members, beside counting their balances',
  measure,
};

const FLOOR = 3;
const TRIES = 5;
/** The group in the middle: half of all members are inside it. */
const GROUP = LEVELS / 2;
const THRESHOLD = GROUP * LEVEL_STEP;
const KARMA_RANGE = (LEVELS + 1) * LEVEL_STEP;

async function measure({ options, stand }: Bench): Promise<Results> {
  const { members, rounds } = options;
  tell(`preview: ${members} linked members, half of them inside the group`);
  const { client, url } = await createDatabase(stand, 'preview');
  await fillMembers(client, members);
  await fillBalances(client);
  await fillAccounts(client, FIRST_USER_ID);
  await fillGroups(client);
  await fillInside(client, GROUP, THRESHOLD, FIRST_USER_ID);
  await settle(client);
  const { application } = await openSide(stand, { client, url }, { ROLES: 'api' });
  const pool = createPool(url, 'bench', 1);
  stand.onClose(() => pool.end());
  const direct = new PreviewRule({ pool } as Database, new Clock());

  const rule = (admitAt: number) => ({
    audiences: [],
    admitAt,
    graceHours: 72,
    admission: 'request' as const,
  });
  const overHttp = (admitAt: number) => async () => {
    const path = `${application.url}/v1/groups/${GROUP}/rule?dryRun=true`;
    const answer = await httpJson<{ preview: RulePreview }>('PUT', path, rule(admitAt), ADMIN_TOKEN);
    return answer.preview;
  };
  const lower = (share: number): number => Math.round(THRESHOLD - KARMA_RANGE * share);
  const higher = (share: number): number => Math.round(THRESHOLD + KARMA_RANGE * share);
  const samples = await interleave(
    {
      [COUNT]: timed(() => countBalances(pool)),
      '0.5 % would be admitted': timed(
        overHttp(lower(0.005)),
        ({ admitted }) => admitted.count,
        members * 0.005,
      ),
      '0.5 % would be warned': timed(overHttp(higher(0.005)), ({ warned }) => warned.count, members * 0.005),
      '2 % would be admitted': timed(overHttp(lower(0.02)), ({ admitted }) => admitted.count, members * 0.02),
      '2 % would be warned': timed(overHttp(higher(0.02)), ({ warned }) => warned.count, members * 0.02),
      '2 % would be warned, without HTTP': timed(
        () => direct.preview(GROUP, rule(higher(0.02))),
        ({ warned }) => warned.count,
        members * 0.02,
      ),
    },
    rounds,
    tell,
  );
  const counted = samples[COUNT]!;
  return {
    columns: ['arm', 'ms', 'ratio'],
    rows: Object.entries(samples).map(([arm, taken]) => [
      arm,
      median(taken).toFixed(1),
      pairedRatio(taken, counted).median.toFixed(2),
    ]),
    findings: Object.entries(samples).flatMap(([arm, taken]) =>
      arm === COUNT ? [] : [compare(arm, taken, counted)],
    ),
    notes: [`Every sample is the median of ${TRIES}.`],
  };
}

const COUNT = 'count(*) of balances';

function compare(arm: string, taken: number[], counted: number[]): Finding {
  const ratio = pairedRatio(taken, counted);
  return {
    claim: `preview, ${arm} ÷ ${COUNT}`,
    figure: `${ratio.median.toFixed(2)} (rounds ${ratio.lowest.toFixed(2)}–${ratio.highest.toFixed(2)})`,
    floor: atMost(FLOOR, ratio.median),
    bound: 'one look at every balance, and the rows of those whom the rules treat differently',
  };
}

/** Milliseconds for one call; a preview that speaks of others than it should is a mistake, not a fast one. */
function timed<T>(
  call: () => Promise<T>,
  count?: (answer: T) => number,
  expected = 0,
): () => Promise<number> {
  return async () => {
    const took: number[] = [];
    for (let n = 0; n < TRIES; n++) {
      const begun = performance.now();
      const answer = await call();
      took.push(performance.now() - begun);
      const told = count?.(answer) ?? expected;
      if (Math.abs(told - expected) > expected * 0.2 + 10)
        throw new Error(`${told} instead of about ${expected}.`);
    }
    return median(took);
  };
}

async function countBalances(pool: Pool): Promise<void> {
  await pool.query({ name: 'count-balances', text: 'select count(*) from karma_balances' });
}
