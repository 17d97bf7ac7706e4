import { judgeTicket, type TicketFacts } from './judge-ticket.policy';

const now = new Date('2026-03-01T12:00:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const HOLDER = '77';

/** A ticket of somebody without an account, held by somebody whose account belongs to nobody. */
const fresh: TicketFacts = {
  memberId: 1,
  expiresAt: after,
  usedAt: null,
  memberAccount: null,
  holderMember: null,
};

describe('A ticket', () => {
  it.each<[string, Partial<TicketFacts>, string]>([
    ['is valid until its last moment', {}, 'valid'],
    ['is expired from the moment it expires', { expiresAt: now }, 'expired'],
    ['works once', { usedAt: before }, 'used'],
    ['does not take an account away from another member', { holderMember: 2 }, 'account_taken'],
    ['does not give a member a second account', { memberAccount: '88' }, 'member_has_other_account'],
    ['tells somebody who is linked so', { memberAccount: HOLDER, holderMember: 1 }, 'already_linked'],
    [
      'tells somebody who is linked so, although it is used and old',
      { memberAccount: HOLDER, holderMember: 1, usedAt: before, expiresAt: before },
      'already_linked',
    ],
    [
      'that is used says nothing of who is linked to whom',
      { usedAt: before, memberAccount: '88', holderMember: 2 },
      'used',
    ],
    [
      'that is old says nothing of who is linked to whom',
      { expiresAt: before, memberAccount: '88', holderMember: 2 },
      'expired',
    ],
  ])('%s', (_, facts, verdict) => {
    expect(judgeTicket({ ...fresh, ...facts }, HOLDER, now)).toBe(verdict);
  });

  it('that nobody gave out is foreign', () => {
    expect(judgeTicket(undefined, HOLDER, now)).toBe('foreign');
  });
});
