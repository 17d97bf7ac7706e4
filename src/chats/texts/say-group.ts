import type { Decision } from '../../membership/entitle.policy';
import { isInside, type Presence, type Standing } from '../../membership/standing.policy';
import { progressBar } from './progress-bar';
import { sayReasons } from './say-reasons';
import type { Locale } from '../../platform/locale';
import type { Texts } from './texts';

export interface GroupToSay {
  title: string;
  standing: Standing;
  presence: Presence;
  graceUntil: string | null;
  decision: Decision;
}

/** Where somebody stands with one group, in words; nothing for a group that is meant for others. */
export function sayGroup(texts: Texts, locale: Locale, group: GroupToSay, karma: number): string | undefined {
  const { title, standing, presence, decision } = group;
  const values = { group: title, reasons: sayReasons(texts, locale, decision.reasons) };
  if (standing === 'exempt') return texts.html(locale, 'karma-exempt', values);
  if (standing === 'barred') return texts.html(locale, 'karma-barred', values);
  if (standing === 'leaving') return texts.html(locale, 'karma-leaving', values);
  if (standing === 'at_risk' && group.graceUntil) {
    return texts.html(locale, 'karma-at-risk', { ...values, until: new Date(group.graceUntil) });
  }
  if (isInside(presence)) return texts.html(locale, 'karma-in', values);
  if (decision.entitled) return texts.html(locale, 'karma-open', values);
  if (decision.reasons.some(({ code }) => code === 'audience_missing')) return undefined;
  const short = decision.reasons.find((reason) => reason.code === 'karma_short');
  if (!short || decision.reasons.length > 1) return texts.html(locale, 'karma-closed', values);
  const { needed, missing } = short;
  return `${texts.html(locale, 'karma-short', { group: title, karma, needed, missing })}\n${progressBar(karma, needed)}`;
}
