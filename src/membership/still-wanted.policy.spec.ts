import { PRESENCES, STANDINGS } from './standing.policy';
import { stillWanted } from './still-wanted.policy';

/** Where each effect is wanted; everywhere else it is not. */
const WANTED: Record<string, string[]> = {
  invite: ['invited unknown', 'invited out'],
  approve: ['invited requested'],
  decline: STANDINGS.filter((standing) => standing !== 'invited').map((standing) => `${standing} requested`),
  warn: PRESENCES.map((presence) => `at_risk ${presence}`),
  remove: ['leaving in', 'leaving restricted'],
};

const everywhere = STANDINGS.flatMap((standing) => PRESENCES.map((presence) => ({ standing, presence })));

describe('An effect that was asked for', () => {
  it.each(Object.keys(WANTED))('%s is wanted exactly where it still makes sense', (kind) => {
    const wanted = everywhere
      .filter(({ standing, presence }) => stillWanted(kind, standing, presence))
      .map(({ standing, presence }) => `${standing} ${presence}`);

    expect(wanted.toSorted()).toEqual(WANTED[kind]!.toSorted());
  });

  it.each(['notify', 'celebrate'])('%s is news, and news is always told', (kind) => {
    expect(everywhere.every(({ standing, presence }) => stillWanted(kind, standing, presence))).toBe(true);
  });

  it('never removes an administrator, somebody banned, or somebody who may not be there', () => {
    for (const presence of ['admin', 'banned', 'unknown', 'out'] as const) {
      expect(STANDINGS.some((standing) => stillWanted('remove', standing, presence))).toBe(false);
    }
  });
});
