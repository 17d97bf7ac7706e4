import * as fc from 'fast-check';
import type { Facts, GroupFacts } from './gather-facts';
import { type Plan, planMember } from './plan-member.policy';
import { PRESENCES, STANDINGS } from './standing.policy';
import { stillWanted } from './still-wanted.policy';

const now = new Date('2026-03-01T12:00:00Z');

function group(facts: Partial<GroupFacts> = {}): GroupFacts {
  return {
    groupId: 1,
    platform: 'telegram',
    title: 'Lounge',
    inviteLink: null,
    audiences: [],
    admitAt: 500,
    keepAt: 400,
    graceHours: 72,
    milestones: [],
    platformUserId: null,
    presence: 'unknown',
    standing: 'none',
    graceUntil: null,
    highestKarma: null,
    known: false,
    ...facts,
  };
}

const inside = (facts: Partial<GroupFacts> = {}) =>
  group({ standing: 'in', presence: 'in', platformUserId: '77', known: true, ...facts });

function account(userId: string, platform = 'telegram'): Facts['accounts'][number] {
  return { platform, userId, displayName: 'Rosa', username: null, reachable: true };
}

function member(facts: Partial<Facts> = {}): Facts {
  return {
    memberId: 9,
    externalId: 'rosa',
    name: 'Rosa',
    audiences: [],
    locale: null,
    karma: 500,
    dueVersion: 1,
    accounts: [account('77')],
    groups: [group()],
    openEffects: [],
    ...facts,
  };
}

const plan = (facts: Partial<Facts>): Plan => planMember(member(facts), now);
const kinds = ({ effects }: Plan) => effects.map(({ kind }) => kind);

describe('A look at a member', () => {
  it('opens the door of a group they have just become entitled to', () => {
    expect(plan({})).toEqual({
      memberships: [
        {
          groupId: 1,
          platformUserId: '77',
          standing: 'invited',
          decision: { entitled: true, reasons: [{ code: 'karma_enough', karma: 500, needed: 500 }] },
          graceUntil: null,
          highestKarma: null,
        },
      ],
      effects: [
        {
          groupId: 1,
          platform: 'telegram',
          kind: 'invite',
          lane: 'telegram:person:77',
          payload: { userId: '77' },
        },
      ],
      cancelled: [],
    });
  });

  it('leaves no trace in a group that they never had to do with', () => {
    expect(plan({ karma: 499 })).toEqual({ memberships: [], effects: [], cancelled: [] });
  });

  it('decides each group for itself', () => {
    const { memberships } = plan({
      groups: [
        group({ groupId: 1 }),
        group({ groupId: 2, admitAt: 900 }),
        inside({ groupId: 3, keepAt: 450 }),
      ],
    });

    expect(memberships.map(({ groupId, standing }) => [groupId, standing])).toEqual([
      [1, 'invited'],
      [3, 'in'],
    ]);
  });

  it('needs an account on the platform of the group, not on any', () => {
    expect(plan({ accounts: [account('5', 'cloudchat')] }).memberships).toEqual([]);
  });

  it('asks of somebody inside only keepAt', () => {
    expect(kinds(plan({ karma: 400, groups: [inside()] }))).toEqual([]);
    expect(kinds(plan({ karma: 399, groups: [inside()] }))).toEqual(['warn']);
  });

  it('writes down until when somebody who was warned has time', () => {
    const [membership] = plan({ karma: 399, groups: [inside()] }).memberships;

    expect(membership).toMatchObject({ standing: 'at_risk', graceUntil: '2026-03-04T12:00:00.000Z' });
  });

  it('knows when grace that was read from the database is over', () => {
    const atRisk = inside({ standing: 'at_risk', graceUntil: '2026-03-01T12:00:00+00:00' });

    expect(kinds(plan({ karma: 399, groups: [atRisk] }))).toEqual(['remove']);
  });
});

describe('The identity that is acted upon', () => {
  it('is the one that was let in, as long as it is inside, even after another was linked', () => {
    const result = plan({ karma: 0, accounts: [account('88')], groups: [inside()] });

    expect(result.memberships[0]?.platformUserId).toBe('77');
    expect(result.effects[0]).toMatchObject({ lane: 'telegram:person:77', payload: { userId: '77' } });
  });

  it('is still known after the account was unlinked, so that access can be taken back at once', () => {
    const result = plan({ accounts: [], groups: [inside()] });

    expect(result.effects).toMatchObject([{ kind: 'remove', payload: { userId: '77' } }]);
    expect(result.memberships[0]?.standing).toBe('leaving');
  });

  it('is the newly linked one for somebody outside', () => {
    const outside = group({ presence: 'out', platformUserId: '77', known: true });

    expect(plan({ accounts: [account('88')], groups: [outside] }).effects).toMatchObject([
      { kind: 'invite', payload: { userId: '88' } },
    ]);
  });
});

describe('Milestones', () => {
  const milestones = [
    { id: 1, karma: 1000, text: null },
    { id: 2, karma: 2000, text: 'Two thousand!' },
  ];

  it('are celebrated in the lane of the group, one after another', () => {
    const { effects } = plan({ karma: 2100, groups: [inside({ milestones, highestKarma: 900 })] });

    expect(effects).toEqual([
      {
        groupId: 1,
        platform: 'telegram',
        kind: 'celebrate',
        lane: 'telegram:group:1',
        payload: { karma: 2000, text: 'Two thousand!', userId: '77' },
      },
    ]);
  });

  it('are for those who are inside: nobody else is looked up to', () => {
    const outside = group({ milestones, highestKarma: 900, standing: 'left', presence: 'out', known: true });
    const result = plan({ karma: 2100, groups: [outside] });

    expect(kinds(result)).toEqual([]);
    expect(result.memberships[0]?.highestKarma).toBe(900);
  });

  it('passed before somebody came in are not made up for', () => {
    const entering = inside({ milestones, standing: 'invited' });
    const result = plan({ karma: 2100, groups: [entering] });

    expect(kinds(result)).toEqual([]);
    expect(result.memberships[0]?.highestKarma).toBe(2100);
  });

  it('are not celebrated twice: the height that was reached never falls', () => {
    const result = plan({ karma: 800, groups: [inside({ milestones, highestKarma: 1500 })] });

    expect(result.memberships[0]?.highestKarma).toBe(1500);
  });
});

describe('Effects that are open', () => {
  const open = (id: number, kind: string, groupId = 1) => ({ id, kind, groupId });

  it('are cancelled when they are not wanted any more', () => {
    const invited = group({ standing: 'invited', presence: 'out', known: true });

    expect(plan({ karma: 10, groups: [invited], openEffects: [open(4, 'invite')] }).cancelled).toEqual([4]);
    expect(plan({ groups: [inside()], openEffects: [open(5, 'warn'), open(6, 'remove')] }).cancelled).toEqual(
      [5, 6],
    );
  });

  it('stay when they are wanted, and when they are of another group', () => {
    const leaving = inside({ standing: 'leaving' });
    const invited = group({
      groupId: 2,
      admitAt: 0,
      keepAt: 0,
      standing: 'invited',
      presence: 'out',
      known: true,
    });
    const effects = [open(4, 'remove'), open(5, 'invite', 2), open(6, 'celebrate'), open(7, 'warn', 3)];

    expect(plan({ karma: 10, groups: [leaving, invited], openEffects: effects }).cancelled).toEqual([]);
  });
});

describe('Every plan', () => {
  const anyFacts = fc
    .record({
      karma: fc.integer({ min: 300, max: 600 }),
      linked: fc.boolean(),
      standing: fc.constantFrom(...STANDINGS),
      presence: fc.constantFrom(...PRESENCES),
      graceUntil: fc.option(fc.constantFrom('2026-03-01T11:00:00Z', '2026-03-01T13:00:00Z')),
      platformUserId: fc.option(fc.constantFrom('77', '88')),
      highestKarma: fc.option(fc.integer({ min: 300, max: 600 })),
    })
    .map(({ karma, linked, ...facts }) =>
      member({
        karma,
        accounts: linked ? [account('77')] : [],
        groups: [group({ ...facts, known: true, milestones: [{ id: 1, karma: 450, text: null }] })],
      }),
    );

  it('is the same for the same facts', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => expect(planMember(facts, now)).toEqual(planMember(facts, now))),
    );
  });

  it('opens nothing that it would itself cancel', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { effects, memberships } = planMember(facts, now);
        for (const { kind } of effects) {
          expect(stillWanted(kind, memberships[0]!.standing, facts.groups[0]!.presence)).toBe(true);
        }
      }),
    );
  });

  it('carried out and made again, changes no standing and celebrates nothing twice', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const first = planMember(facts, now);
        const again = planMember(
          { ...facts, groups: [{ ...facts.groups[0]!, ...first.memberships[0]! }] },
          now,
        );
        expect(again.memberships[0]?.standing).toBe(first.memberships[0]?.standing);
        expect(kinds(again)).not.toContain('celebrate');
        for (const kind of kinds(again)) expect(kinds(first)).toContain(kind);
      }),
    );
  });
});
