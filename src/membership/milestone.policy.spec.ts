import * as fc from 'fast-check';
import { type MilestoneFacts, milestonePassed } from './milestone.policy';

const milestones: MilestoneFacts[] = [
  { id: 1, karma: 1000, text: null },
  { id: 2, karma: 2000, text: null },
  { id: 3, karma: 5000, text: 'Five thousand!' },
];

const passed = (highest: number | null, karma: number) => milestonePassed(highest, karma, milestones)?.karma;

describe('A milestone', () => {
  it('is passed by reaching it', () => {
    expect(passed(900, 999)).toBeUndefined();
    expect(passed(999, 1000)).toBe(1000);
  });

  it('is celebrated once: falling below it and coming back is no news', () => {
    expect(passed(1000, 1000)).toBeUndefined();
    expect(passed(1200, 1100)).toBeUndefined();
  });

  it('is the highest of those that one leap passes', () => {
    expect(passed(10, 2500)).toBe(2000);
    expect(passed(1999, 7000)).toBe(5000);
  });

  it('is nothing that somebody had before they were first looked at', () => {
    expect(passed(null, 9000)).toBeUndefined();
  });

  it('lies between the old height and the new karma, in whatever order milestones are listed', () => {
    const some = fc.uniqueArray(fc.integer({ min: -5000, max: 5000 }), { maxLength: 8 });
    const karma = fc.integer({ min: -6000, max: 6000 });
    fc.assert(
      fc.property(some, karma, karma, (levels, highest, now) => {
        const list = levels.map((level, id): MilestoneFacts => ({ id, karma: level, text: null }));
        const between = levels.filter((level) => level > highest && level <= now);
        expect(milestonePassed(highest, now, list)?.karma).toBe(
          between.length > 0 ? Math.max(...between) : undefined,
        );
      }),
    );
  });
});
