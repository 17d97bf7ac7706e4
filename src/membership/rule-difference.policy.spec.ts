import * as fc from 'fast-check';
import { entitle } from './entitle.policy';
import { ruleDifference, type Thresholds } from './rule-difference.policy';

const lounge: Thresholds = { audiences: [], admitAt: 500, keepAt: 400 };
const isEmpty = ({ from, below }: { from: number; below: number }) => from >= below;

describe('Whom a changed rule can concern', () => {
  it('is everybody, for a first rule', () => {
    const { from, below } = ruleDifference([], lounge);

    expect(from).toBeLessThan(-1e15);
    expect(below).toBeGreaterThan(1e15);
  });

  it('is everybody, when the audiences are others', () => {
    expect(ruleDifference([lounge], { ...lounge, audiences: ['staff'] })).toEqual(ruleDifference([], lounge));
  });

  it('is nobody, when thresholds and audiences are the same in another order', () => {
    const before = { ...lounge, audiences: ['staff', 'webmasters'] };

    expect(isEmpty(ruleDifference([before], { ...before, audiences: ['webmasters', 'staff'] }))).toBe(true);
  });

  it('is who lies between the old threshold and the new one', () => {
    expect(ruleDifference([lounge], { ...lounge, admitAt: 700 })).toEqual({ from: 500, below: 700 });
    expect(ruleDifference([lounge], { ...lounge, keepAt: 100 })).toEqual({ from: 100, below: 400 });
    expect(ruleDifference([lounge], { ...lounge, admitAt: 450, keepAt: 450 })).toEqual({
      from: 400,
      below: 500,
    });
  });

  it('takes in every rule that members may have been judged by since the last look at all of them', () => {
    const between = { ...lounge, admitAt: 900 };

    expect(ruleDifference([lounge, between], lounge)).toEqual({ from: 500, below: 900 });
  });
});

describe('Outside that range', () => {
  const karma = fc.integer({ min: -2000, max: 2000 });
  const audiences = fc.constantFrom<string[]>(
    [],
    ['staff'],
    ['staff', 'webmasters'],
    ['webmasters', 'staff'],
  );
  const anyRule = fc
    .record({ audiences, admitAt: karma, band: fc.nat(300) })
    .map(({ audiences, admitAt, band }): Thresholds => ({ audiences, admitAt, keepAt: admitAt - band }));
  const fewRules = fc.array(anyRule, { minLength: 1, maxLength: 3 });

  it('the old rules and the new one decide alike, for whoever is in and whoever is out', () => {
    fc.assert(
      fc.property(
        fewRules,
        anyRule,
        karma,
        audiences,
        fc.boolean(),
        fc.boolean(),
        (before, after, karma, audiences, linked, inside) => {
          const { from, below } = ruleDifference(before, after);
          if (karma >= from && karma < below) return;
          const member = { karma, audiences, linked };
          const { entitled } = entitle(member, after, inside);
          for (const rule of before) expect(entitle(member, rule, inside).entitled).toBe(entitled);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
