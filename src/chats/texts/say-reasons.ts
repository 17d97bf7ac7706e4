import type { Reason } from '../../membership/entitle.policy';
import type { Locale } from '../../platform/locale';
import type { Texts } from './texts';

/** The reasons of a decision in words, one sentence each; names in them are plain text, made safe where they are put in. */
export function sayReasons(texts: Texts, locale: Locale, reasons: readonly Reason[]): string {
  return reasons.map((reason) => sayReason(texts, locale, reason)).join(' ');
}

function sayReason(texts: Texts, locale: Locale, reason: Reason): string {
  switch (reason.code) {
    case 'karma_enough':
      return texts.plain(locale, 'reason-karma-enough', { karma: reason.karma, needed: reason.needed });
    case 'karma_short': {
      const { karma, needed, missing } = reason;
      return texts.plain(locale, 'reason-karma-short', { karma, needed, missing });
    }
    case 'audience_missing':
      return texts.plain(locale, 'reason-audience-missing', { audiences: reason.audiences.join(', ') });
    case 'not_linked':
      return texts.plain(locale, 'reason-not-linked');
  }
}
