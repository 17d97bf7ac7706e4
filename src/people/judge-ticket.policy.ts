/** What is known about a ticket, the person who holds it, and the member it speaks of. */
export interface TicketFacts {
  memberId: number;
  expiresAt: Date;
  usedAt: Date | null;
  /** The account this member already has on the platform, if any. */
  memberAccount: string | null;
  /** The member that the holder's account already belongs to, if any. */
  holderMember: number | null;
}

export type TicketVerdict =
  'valid' | 'foreign' | 'used' | 'expired' | 'already_linked' | 'account_taken' | 'member_has_other_account';

/**
 * Whether a ticket may link the account of whoever holds it. Somebody who is linked already hears that rather than that
 * the ticket is used: it is what they want to know.
 */
export function judgeTicket(facts: TicketFacts | undefined, holder: string, now: Date): TicketVerdict {
  if (!facts) return 'foreign';
  if (facts.memberAccount === holder) return 'already_linked';
  if (facts.usedAt) return 'used';
  if (now >= facts.expiresAt) return 'expired';
  if (facts.holderMember !== null) return 'account_taken';
  if (facts.memberAccount !== null) return 'member_has_other_account';
  return 'valid';
}
