import * as fc from 'fast-check';
import { type Decision, entitle } from './entitle.policy';
import {
  countsAsIn,
  isInside,
  type Presence,
  PRESENCES,
  type Standing,
  STANDINGS,
  type Step,
  step,
} from './standing.policy';
import { stillWanted } from './still-wanted.policy';

/** What holds for every member, whatever happens to them: laws of the state machine, tried on random lives. */

const GRACE_HOURS = 72;
const HOUR_MS = 60 * 60 * 1000;
const START = Date.UTC(2026, 2, 1);

interface State {
  standing: Standing;
  presence: Presence;
  graceUntil: Date | null;
  decision: Decision;
  now: number;
}

const birth: State = {
  standing: 'none',
  presence: 'unknown',
  graceUntil: null,
  decision: { entitled: false, reasons: [{ code: 'not_linked' }] },
  now: START,
};

const anyDecision = fc.constantFrom<Decision>(
  { entitled: true, reasons: [{ code: 'karma_enough', karma: 500, needed: 500 }] },
  { entitled: false, reasons: [{ code: 'karma_short', karma: 300, needed: 400, missing: 100 }] },
  { entitled: false, reasons: [{ code: 'audience_missing', audiences: ['webmasters'] }] },
  { entitled: false, reasons: [{ code: 'not_linked' }] },
);
const anyPresence = fc.constantFrom(...PRESENCES);
const anyStanding = fc.constantFrom(...STANDINGS);

/** Something happens, and karmagate looks. */
type Happening = { presence: Presence } | { decision: Decision } | { hours: number };
const anyLife = fc.array(
  fc.oneof(
    fc.oneof(fc.constant<Presence>('in'), anyPresence).map((presence): Happening => ({ presence })),
    anyDecision.map((decision): Happening => ({ decision })),
    fc.constantFrom(1, GRACE_HOURS - 1, GRACE_HOURS, 100).map((hours): Happening => ({ hours })),
  ),
  { maxLength: 25 },
);

function happen(state: State, what: Happening): State {
  if ('hours' in what) return { ...state, now: state.now + what.hours * HOUR_MS };
  return { ...state, ...what };
}

function look(state: State): Step {
  return step({ ...state, graceHours: GRACE_HOURS }, new Date(state.now));
}

function live(life: Happening[], watch: (before: State, step: Step) => void = () => {}): State {
  let state = birth;
  for (const what of life) {
    const before = happen(state, what);
    const next = look(before);
    watch(before, next);
    state = { ...before, ...next };
  }
  return state;
}

const kindsOf = ({ effects }: Step) => effects.map(({ kind }) => kind);

describe('Whatever happens to a member', () => {
  it('the same facts lead to the same step, and a look changes no facts', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        live(life, (before, next) => expect(look(Object.freeze({ ...before }))).toEqual(next));
      }),
    );
  });

  it('nobody is invited or let in without being entitled', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        live(life, (before, next) => {
          if (kindsOf(next).some((kind) => kind === 'invite' || kind === 'approve')) {
            expect(before.decision.entitled).toBe(true);
          }
        });
      }),
    );
  });

  it('nobody is removed who is entitled, or an administrator, or banned, or perhaps not there', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        live(life, (before, next) => {
          if (!kindsOf(next).includes('remove')) return;
          expect(['in', 'restricted']).toContain(before.presence);
          expect(before.decision.entitled).toBe(false);
        });
      }),
    );
  });

  it('nobody begins to leave before the grace they were warned with is over, unless they unlinked', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        let warnedAt = Number.POSITIVE_INFINITY;
        live(life, (before, next) => {
          if (kindsOf(next).includes('warn')) warnedAt = before.now;
          if (next.standing !== 'leaving' || before.standing === 'leaving') return;
          const unlinked = before.decision.reasons.some(({ code }) => code === 'not_linked');
          if (!unlinked) expect(before.now - warnedAt).toBeGreaterThanOrEqual(GRACE_HOURS * HOUR_MS);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('grace runs for those at risk and for nobody else', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        live(life, (_, next) => expect(next.graceUntil !== null).toBe(next.standing === 'at_risk'));
      }),
    );
  });

  it('unknown presence takes nothing away', () => {
    fc.assert(
      fc.property(anyLife, anyDecision, (life, decision) => {
        const before: State = { ...live(life), presence: 'unknown', decision };
        const next = look(before);
        expect(kindsOf(next).filter((kind) => kind === 'remove' || kind === 'decline')).toEqual([]);
        if (before.standing === 'in') expect(next.standing).toBe('in');
      }),
    );
  });

  it('an administrator is exempt and a ban by a human holds, whatever was before', () => {
    fc.assert(
      fc.property(anyLife, anyDecision, (life, decision) => {
        const state = { ...live(life), decision };
        expect(look({ ...state, presence: 'admin' })).toEqual(to('exempt'));
        expect(look({ ...state, presence: 'banned' })).toEqual(to('barred'));
      }),
    );
  });

  it('looking again at what a look came to asks for nothing new', () => {
    fc.assert(
      fc.property(anyStanding, anyPresence, anyDecision, (standing, presence, decision) => {
        const graceUntil = standing === 'at_risk' ? new Date(START + HOUR_MS) : null;
        const state: State = { standing, presence, decision, graceUntil, now: START };
        const first = look(state);
        const second = look({ ...state, ...first });
        expect({ ...second, effects: [] }).toEqual({ ...first, effects: [] });
        for (const effect of second.effects) expect(first.effects).toContainEqual(effect);
      }),
    );
  });

  it('what a look asks for is still wanted when it is performed at once', () => {
    fc.assert(
      fc.property(anyStanding, anyPresence, anyDecision, (standing, presence, decision) => {
        const next = look({ standing, presence, decision, graceUntil: null, now: START });
        for (const { kind } of next.effects) expect(stillWanted(kind, next.standing, presence)).toBe(true);
      }),
    );
  });
});

function to(standing: Standing): Step {
  return { standing, graceUntil: null, effects: [] };
}

/** A platform that does as it is told, and a person who asks to join as soon as the door is open to them. */
function obey(state: State, { standing, graceUntil, effects }: Step, really: Presence): State {
  let { presence } = state;
  if (presence === 'unknown') presence = really;
  else if (standing === 'invited' && presence === 'out') presence = 'requested';
  for (const { kind } of effects) {
    if (!stillWanted(kind, standing, state.presence)) continue;
    if (kind === 'approve') presence = 'in';
    if (kind === 'decline' || kind === 'remove') presence = 'out';
  }
  return { ...state, standing, graceUntil, presence, now: state.now + (GRACE_HOURS * HOUR_MS) / 2 };
}

function agrees({ standing, presence, decision }: State): boolean {
  if (presence === 'admin') return standing === 'exempt';
  if (presence === 'banned') return standing === 'barred';
  if (standing === 'left') return presence === 'out';
  return decision.entitled
    ? standing === 'in' && isInside(presence)
    : standing === 'none' && presence === 'out';
}

describe('Wish and fact', () => {
  it('come to agree from wherever life has led, and nothing moves afterwards', () => {
    fc.assert(
      fc.property(anyLife, anyDecision, fc.constantFrom<Presence>('in', 'out'), (life, decision, really) => {
        let state: State = { ...live(life), decision };
        for (let looks = 0; looks < 10; looks += 1) state = obey(state, look(state), really);
        expect(agrees(state)).toBe(true);
        expect(look(state)).toEqual(to(state.standing));
      }),
    );
  });
});

describe('In the band between keepAt and admitAt', () => {
  const rule = { audiences: [], admitAt: 500, keepAt: 400 };
  const inTheBand = fc.integer({ min: rule.keepAt, max: rule.admitAt - 1 });

  function lookAt(karma: number, state: State): Step {
    const inside = countsAsIn(state.standing, state.presence);
    return look({ ...state, decision: entitle({ karma, audiences: [], linked: true }, rule, inside) });
  }

  function settled(karma: number, from: State): State {
    let state = from;
    for (let looks = 0; looks < 5; looks += 1) state = { ...state, ...lookAt(karma, state) };
    return state;
  }

  it('nobody flaps: once settled, no standing changes and nothing new is asked for', () => {
    fc.assert(
      fc.property(anyLife, anyPresence, fc.array(inTheBand, { minLength: 2 }), (life, presence, karmas) => {
        const state = settled(karmas[0]!, { ...live(life), presence });
        const rest = lookAt(karmas[0]!, state);
        expect(rest.standing).toBe(state.standing);
        for (const karma of karmas) expect(lookAt(karma, state)).toEqual(rest);
      }),
    );
  });

  it('whoever is inside stays, and nobody who is outside is let in', () => {
    fc.assert(
      fc.property(anyStanding, anyPresence, inTheBand, (standing, presence, karma) => {
        const next = lookAt(karma, { ...birth, standing, presence });
        const kinds = kindsOf(next);
        if (presence === 'in' || presence === 'restricted') expect(next.standing).toBe('in');
        else expect(kinds.filter((kind) => kind === 'invite' || kind === 'approve')).toEqual([]);
      }),
    );
  });
});
