import * as fc from 'fast-check';
import { reversalWaves } from './reversal-waves.policy';

interface Event {
  id: string;
  member: string;
  reverses?: string;
}

const event = (id: string, reverses?: string, member = 'rosa'): Event => ({
  id,
  member,
  ...(reverses === undefined ? {} : { reverses }),
});

describe('A request is split into statements', () => {
  it('of which there is one, as long as nothing reverses another event of the request', () => {
    expect(reversalWaves([event('a'), event('b'), event('a')])).toEqual([[0, 1, 2]]);
    expect(reversalWaves([event('a'), event('b', 'sent last week')])).toEqual([[0, 1]]);
    expect(reversalWaves([])).toEqual([[]]);
  });

  it('so that a reversal comes after what it reverses', () => {
    expect(reversalWaves([event('a'), event('undo', 'a'), event('b')])).toEqual([[0, 2], [1]]);
  });

  it('so that a chain of reversals comes link by link', () => {
    expect(reversalWaves([event('a'), event('undo', 'a'), event('redo', 'undo')])).toEqual([[0], [1], [2]]);
  });

  it('and the same id of another member is another event', () => {
    expect(reversalWaves([event('a', undefined, 'tim'), event('undo', 'a', 'rosa')])).toEqual([[0, 1]]);
    expect(reversalWaves([event('bc', undefined, 'a'), event('undo', 'c', 'ab')])).toEqual([[0, 1]]);
    expect(reversalWaves([event('a","b', undefined, 'c'), event('undo', 'b', 'c","a')])).toEqual([[0, 1]]);
  });

  it('and an event that names one further down does not wait for it', () => {
    expect(reversalWaves([event('undo', 'a'), event('a')])).toEqual([[0, 1]]);
  });
});

describe('Every split', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const member = fc.constantFrom('rosa', 'tim');
  const events = fc.array(
    fc.record(
      { id, member, reverses: fc.option(id, { nil: undefined }) },
      { requiredKeys: ['id', 'member'] },
    ),
    { maxLength: 30 },
  );

  it('has each event once, in the order of the request within a statement', () => {
    fc.assert(
      fc.property(events, (events) => {
        const waves = reversalWaves(events);
        expect(waves.flat().toSorted((a, b) => a - b)).toEqual(events.map((_, index) => index));
        for (const wave of waves) expect(wave).toEqual(wave.toSorted((a, b) => a - b));
      }),
    );
  });

  it('puts a reversal into a later statement than the first event of the name it reverses', () => {
    fc.assert(
      fc.property(events, (events) => {
        const waves = reversalWaves(events);
        const waveOf = (index: number) => waves.findIndex((wave) => wave.includes(index));
        events.forEach(({ member, reverses }, index) => {
          const original = events.findIndex((other) => other.member === member && other.id === reverses);
          if (original !== -1 && original < index) {
            expect(waveOf(index)).toBeGreaterThan(waveOf(original));
          }
        });
      }),
    );
  });
});
