import * as fc from 'fast-check';
import { done, type Outcome } from './outcome';
import { afterwards, needsLook, presenceAfter } from './outcome.policy';

const problem = 'something';
const outcomes: Record<Outcome['kind'], Outcome> = {
  done: done(),
  already: { kind: 'already' },
  gone: { kind: 'gone', what: 'person', problem },
  forbidden: { kind: 'forbidden', problem },
  protected: { kind: 'protected', problem },
  unreachable: { kind: 'unreachable' },
  flood: { kind: 'flood', retryAfterMs: 41_000 },
  moved: { kind: 'moved', chatId: '-1002' },
  unsupported: { kind: 'unsupported', problem },
  refused: { kind: 'refused', problem },
  unknown: { kind: 'unknown', problem },
};

const MINUTE_MS = 60_000;

describe('What becomes of an effect', () => {
  it.each<[Outcome['kind'], object]>([
    ['done', { status: 'done' }],
    ['already', { status: 'done' }],
    ['unreachable', { status: 'done' }],
    ['protected', { status: 'done' }],
    ['gone', { status: 'failed' }],
    ['refused', { status: 'failed' }],
    ['unsupported', { status: 'failed' }],
    ['flood', { status: 'open', afterMs: 41_000 }],
    ['moved', { status: 'open', afterMs: 0 }],
    ['forbidden', { status: 'open', afterMs: 10 * MINUTE_MS }],
    ['unknown', { status: 'open', afterMs: 1000 }],
  ])('that ended as %s', (kind, expected) => {
    expect(afterwards(outcomes[kind], 1)).toEqual(expected);
  });

  it('of which nobody knows how it ended is tried again later and later, for a day, and then given up', () => {
    const pauses = Array.from({ length: 151 }, (_, index) => afterwards(outcomes.unknown, index + 1));
    const waited = pauses.reduce((sum, next) => sum + ('afterMs' in next ? next.afterMs : 0), 0);

    expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 8].map((s) => ({ status: 'open', afterMs: s * 1000 })));
    expect(waited).toBeGreaterThan(23 * 60 * MINUTE_MS);
    expect(pauses.at(-1)).toEqual({ status: 'failed' });
  });

  it('is never put off for longer than ten minutes, unless the platform says so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (attempts) => {
        const next = afterwards(outcomes.unknown, attempts);
        if (next.status === 'open') expect(next.afterMs).toBeLessThanOrEqual(10 * MINUTE_MS);
      }),
    );
  });

  it('that the platform put off or could not permit is never given up, however often', () => {
    for (const kind of ['flood', 'moved', 'forbidden'] as const) {
      expect(afterwards(outcomes[kind], 1e6).status).toBe('open');
    }
  });
});

describe('What an effect tells of presence', () => {
  it('is known at once when the platform did as it was told', () => {
    expect(presenceAfter('approve', done())).toBe('in');
    expect(presenceAfter('decline', done())).toBe('out');
    expect(presenceAfter('remove', done())).toBe('out');
    expect(presenceAfter('warn', done())).toBeUndefined();
  });

  it('is an administrator, when the platform protects them', () => {
    expect(presenceAfter('remove', outcomes.protected)).toBe('admin');
  });

  it('is nothing for every other end', () => {
    const others = Object.values(outcomes).filter(({ kind }) => kind !== 'done' && kind !== 'protected');
    for (const outcome of others) {
      for (const kind of ['approve', 'decline', 'remove']) {
        expect(presenceAfter(kind, outcome)).toBeUndefined();
      }
    }
  });

  it('must be looked up when a door says that it was so already', () => {
    for (const kind of ['approve', 'decline', 'remove']) expect(needsLook(kind, outcomes.already)).toBe(true);
    expect(needsLook('notify', outcomes.already)).toBe(false);
    expect(needsLook('approve', done())).toBe(false);
  });
});
