import * as fc from 'fast-check';
import { progressBar } from './progress-bar';

const cells = (bar: string) => /<code>(█*)(░*)<\/code> (\d+) %/.exec(bar)!;

describe('A progress bar', () => {
  it.each([
    [0, 500, '░░░░░░░░░░░░', 0],
    [250, 500, '██████░░░░░░', 50],
    [499, 500, '███████████░', 99],
    [500, 500, '████████████', 100],
    [9000, 500, '████████████', 100],
    [-300, 500, '░░░░░░░░░░░░', 0],
    [0, 0, '████████████', 100],
    [-5, 0, '░░░░░░░░░░░░', 0],
    [-20, -10, '░░░░░░░░░░░░', 0],
    [-10, -10, '████████████', 100],
  ])('of %i out of %i is %s', (value, goal, bar, percent) => {
    expect(progressBar(value, goal)).toBe(`<code>${bar}</code> ${percent} %`);
  });

  const karma = fc.integer({ min: -1e12, max: 1e12 });

  it('is full when the goal is reached, and never before', () => {
    const near = fc
      .tuple(karma, fc.integer({ min: -3, max: 3 }))
      .map(([goal, off]) => [goal + off, goal] as const);
    fc.assert(
      fc.property(fc.oneof(near, fc.tuple(karma, karma)), ([value, goal]) => {
        const [, full, empty, percent] = cells(progressBar(value, goal));
        expect(full!.length + empty!.length).toBe(12);
        expect(empty === '').toBe(value >= goal);
        expect(percent === '100').toBe(value >= goal);
      }),
    );
  });

  it('never shrinks when karma grows', () => {
    fc.assert(
      fc.property(karma, fc.nat(1e9), karma, (value, more, goal) => {
        const length = (bar: string) => cells(bar)[1]!.length;
        expect(length(progressBar(value + more, goal))).toBeGreaterThanOrEqual(
          length(progressBar(value, goal)),
        );
      }),
    );
  });
});
