import * as fc from 'fast-check';
import { entitle, type MemberFacts, type RuleFacts } from './entitle.policy';

const rule: RuleFacts = { audiences: [], admitAt: 500, keepAt: 400 };
const member: MemberFacts = { karma: 500, audiences: [], linked: true };

describe('Whether a rule lets a member in', () => {
  it('asks an outsider for admitAt and somebody inside for keepAt', () => {
    const at = (karma: number, inside: boolean) => entitle({ ...member, karma }, rule, inside).entitled;

    expect([at(499, false), at(500, false)]).toEqual([false, true]);
    expect([at(399, true), at(400, true)]).toEqual([false, true]);
  });

  it('says with how much karma somebody is entitled, and what was needed', () => {
    expect(entitle({ ...member, karma: 750 }, rule, false)).toEqual({
      entitled: true,
      reasons: [{ code: 'karma_enough', karma: 750, needed: 500 }],
    });
    expect(entitle({ ...member, karma: 450 }, rule, true).reasons).toEqual([
      { code: 'karma_enough', karma: 450, needed: 400 },
    ]);
  });

  it('says how many points are missing', () => {
    expect(entitle({ ...member, karma: -20 }, rule, false)).toEqual({
      entitled: false,
      reasons: [{ code: 'karma_short', karma: -20, needed: 500, missing: 520 }],
    });
  });

  it('lets in whoever shares one audience with the rule, and everybody when the rule names none', () => {
    const webmasters: RuleFacts = { ...rule, audiences: ['webmasters', 'staff'] };
    const inAudiences = (...audiences: string[]) => entitle({ ...member, audiences }, webmasters, false);

    expect(inAudiences('customers', 'staff').entitled).toBe(true);
    expect(inAudiences('customers').reasons).toEqual([
      { code: 'audience_missing', audiences: ['webmasters', 'staff'] },
    ]);
    expect(inAudiences().entitled).toBe(false);
    expect(entitle({ ...member, audiences: [] }, rule, false).entitled).toBe(true);
  });

  it('names everything that is missing at once', () => {
    const stranger: MemberFacts = { karma: 0, audiences: ['customers'], linked: false };

    expect(
      entitle(stranger, { ...rule, audiences: ['webmasters'] }, false).reasons.map(({ code }) => code),
    ).toEqual(['not_linked', 'audience_missing', 'karma_short']);
  });

  it('lets nobody in without a linked account, whatever their karma', () => {
    expect(entitle({ ...member, karma: 1e12, linked: false }, rule, true).entitled).toBe(false);
  });
});

const slugs = fc.array(fc.constantFrom('webmasters', 'customers', 'staff'), { maxLength: 3 });
const karma = fc.integer({ min: -1e6, max: 1e6 });
const anyMember = fc.record({ karma, audiences: slugs, linked: fc.boolean() });
const anyRule = fc
  .record({ audiences: slugs, admitAt: karma, band: fc.nat(1000) })
  .map(({ audiences, admitAt, band }): RuleFacts => ({ audiences, admitAt, keepAt: admitAt - band }));

describe('Every decision', () => {
  it('is the same for the same facts, in whatever order audiences are listed', () => {
    fc.assert(
      fc.property(anyMember, anyRule, fc.boolean(), (facts, rule, inside) => {
        const first = entitle(Object.freeze(facts), Object.freeze(rule), inside);
        expect(entitle({ ...facts }, { ...rule }, inside)).toEqual(first);
        const turned = { ...facts, audiences: facts.audiences.toReversed() };
        expect(entitle(turned, { ...rule, audiences: rule.audiences.toReversed() }, inside).entitled).toBe(
          first.entitled,
        );
      }),
    );
  });

  it('gives reasons that agree with it', () => {
    fc.assert(
      fc.property(anyMember, anyRule, fc.boolean(), (facts, rule, inside) => {
        const { entitled, reasons } = entitle(facts, rule, inside);
        expect(reasons.length).toBeGreaterThan(0);
        expect(reasons.every(({ code }) => code === 'karma_enough')).toBe(entitled);
        for (const reason of reasons) {
          if (reason.code === 'karma_short') expect(reason.karma + reason.missing).toBe(reason.needed);
        }
      }),
    );
  });

  it('is never lost by gaining karma, nor by being inside already', () => {
    fc.assert(
      fc.property(anyMember, anyRule, fc.boolean(), fc.nat(), (facts, rule, inside, more) => {
        if (!entitle(facts, rule, inside).entitled) return;
        expect(entitle({ ...facts, karma: facts.karma + more }, rule, inside).entitled).toBe(true);
        expect(entitle(facts, rule, true).entitled).toBe(true);
      }),
    );
  });
});
