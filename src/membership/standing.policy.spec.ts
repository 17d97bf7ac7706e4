import type { Decision, Reason } from './entitle.policy';
import { PRESENCES, type Presence, type Standing, STANDINGS, type Step, step } from './standing.policy';

/**
 * The whole state machine, a line for each standing and presence: what becomes of somebody who is entitled, and of
 * somebody who is not. "at_risk, warn" is the standing they come to and what is done about it. Grace is not over yet.
 */
const TABLE = `
standing | presence   | entitled                     | not entitled
---------|------------|------------------------------|---------------------------
none     | unknown    | invited, invite              | none
none     | out        | invited, invite              | none
none     | requested  | invited, approve             | none, decline
none     | in         | in                           | at_risk, warn
none     | restricted | in                           | at_risk, warn
none     | admin      | exempt                       | exempt
none     | banned     | barred                       | barred
invited  | unknown    | invited                      | none
invited  | out        | invited                      | none
invited  | requested  | invited, approve             | none, decline
invited  | in         | in                           | at_risk, warn
invited  | restricted | in                           | at_risk, warn
invited  | admin      | exempt                       | exempt
invited  | banned     | barred                       | barred
in       | unknown    | in                           | in
in       | out        | left                         | left
in       | requested  | invited, approve             | none, decline
in       | in         | in                           | at_risk, warn
in       | restricted | in                           | at_risk, warn
in       | admin      | exempt                       | exempt
in       | banned     | barred                       | barred
at_risk  | unknown    | in, notify recovered         | at_risk
at_risk  | out        | left                         | left
at_risk  | requested  | invited, approve             | none, decline
at_risk  | in         | in, notify recovered         | at_risk
at_risk  | restricted | in, notify recovered         | at_risk
at_risk  | admin      | exempt                       | exempt
at_risk  | banned     | barred                       | barred
leaving  | unknown    | in, notify recovered         | leaving
leaving  | out        | invited, invite              | none, notify removed
leaving  | requested  | invited, approve             | none, decline
leaving  | in         | in, notify recovered         | leaving, remove
leaving  | restricted | in, notify recovered         | leaving, remove
leaving  | admin      | exempt                       | exempt
leaving  | banned     | barred                       | barred
left     | unknown    | left                         | left
left     | out        | left                         | left
left     | requested  | invited, approve             | left, decline
left     | in         | in                           | at_risk, warn
left     | restricted | in                           | at_risk, warn
left     | admin      | exempt                       | exempt
left     | banned     | barred                       | barred
barred   | unknown    | barred                       | barred
barred   | out        | left                         | left
barred   | requested  | invited, approve             | left, decline
barred   | in         | in                           | at_risk, warn
barred   | restricted | in                           | at_risk, warn
barred   | admin      | exempt                       | exempt
barred   | banned     | barred                       | barred
exempt   | unknown    | exempt                       | exempt
exempt   | out        | left                         | left
exempt   | requested  | invited, approve             | none, decline
exempt   | in         | in                           | at_risk, warn
exempt   | restricted | in                           | at_risk, warn
exempt   | admin      | exempt                       | exempt
exempt   | banned     | barred                       | barred
`;

const now = new Date('2026-03-01T12:00:00Z');
const inAnHour = new Date('2026-03-01T13:00:00Z');
const GRACE_HOURS = 72;

const entitled = decide({ code: 'karma_enough', karma: 500, needed: 400 });
const short = decide({ code: 'karma_short', karma: 300, needed: 400, missing: 100 });
const unlinked = decide({ code: 'not_linked' });

function decide(reason: Reason): Decision {
  return { entitled: reason.code === 'karma_enough', reasons: [reason] };
}

function take(
  standing: Standing,
  presence: Presence,
  decision: Decision,
  graceUntil: Date | null = standing === 'at_risk' ? inAnHour : null,
): Step {
  return step({ standing, presence, decision, graceUntil, graceHours: GRACE_HOURS }, now);
}

function write({ standing, effects }: Step): string {
  return [
    standing,
    ...effects.map((effect) => ('about' in effect ? `${effect.kind} ${effect.about}` : effect.kind)),
  ].join(', ');
}

const rows = TABLE.trim()
  .split('\n')
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()) as [Standing, Presence, string, string]);

describe('The standing of a member in a group', () => {
  it('is written down for every standing and presence, once', () => {
    const every = STANDINGS.flatMap((standing) => PRESENCES.map((presence) => `${standing} ${presence}`));
    expect(rows.map(([standing, presence]) => `${standing} ${presence}`)).toEqual(every);
  });

  it.each(rows)('%s, %s: entitled → %s; not entitled → %s', (standing, presence, whenEntitled, whenNot) => {
    expect(write(take(standing, presence, entitled))).toBe(whenEntitled);
    expect(write(take(standing, presence, short))).toBe(whenNot);
  });
});

describe('Grace', () => {
  it('begins with the warning and lasts as long as the rule says', () => {
    expect(take('in', 'in', short).graceUntil).toEqual(new Date('2026-03-04T12:00:00Z'));
  });

  it('goes on unchanged while it runs', () => {
    expect(take('at_risk', 'in', short, inAnHour).graceUntil).toEqual(inAnHour);
    expect(take('at_risk', 'unknown', short, inAnHour).graceUntil).toEqual(inAnHour);
  });

  it('ends in the removal at its very moment, not before', () => {
    const justBefore = new Date(now.getTime() + 1);

    expect(write(take('at_risk', 'in', short, justBefore))).toBe('at_risk');
    expect(write(take('at_risk', 'in', short, now))).toBe('leaving, remove');
    expect(write(take('at_risk', 'restricted', short, new Date(0)))).toBe('leaving, remove');
  });

  it('is over for somebody who recovers: the next fall begins another', () => {
    expect(take('at_risk', 'in', entitled).graceUntil).toBeNull();
  });

  it('does not remove anybody while their presence is unknown, however long it is over', () => {
    expect(write(take('at_risk', 'unknown', short, new Date(0)))).toBe('at_risk');
  });

  it('of no hours is a warning first and a removal at the next look', () => {
    const facts = { presence: 'in', decision: short, graceHours: 0 } as const;
    const warned = step({ ...facts, standing: 'in', graceUntil: null }, now);

    expect(write(warned)).toBe('at_risk, warn');
    expect(write(step({ ...facts, standing: 'at_risk', graceUntil: warned.graceUntil }, now))).toBe(
      'leaving, remove',
    );
  });

  it('is not for somebody who unlinked their account: they asked to go', () => {
    expect(write(take('in', 'in', unlinked))).toBe('leaving, remove');
    expect(write(take('at_risk', 'in', unlinked))).toBe('leaving, remove');
    expect(write(take('at_risk', 'unknown', unlinked))).toBe('at_risk');
  });
});
