import type { TicketView } from '../../../people/link-account';
import type { TicketVerdict } from '../../../people/judge-ticket.policy';
import type { Locale } from '../../../platform/locale';
import type { Texts } from '../../texts/texts';

const sentences: Record<TicketVerdict, string> = {
  valid: 'link-done',
  foreign: 'link-foreign',
  used: 'link-used',
  expired: 'link-expired',
  already_linked: 'link-already',
  account_taken: 'link-account-taken',
  member_has_other_account: 'link-member-has-other',
};

/** What a ticket came to, in a sentence. */
export function sayTicket(texts: Texts, locale: Locale, { verdict, memberName, site }: TicketView): string {
  return texts.html(locale, sentences[verdict], { name: memberName ?? '', site: site ?? '' });
}
