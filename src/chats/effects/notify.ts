import { isInside } from '../../membership/standing.policy';
import { sayReasons } from '../texts/say-reasons';
import type { Performer } from './performer';
import { tellPerson } from './tell-person';

/** Good or bad news about a standing, unless it has become untrue before it could be told. */
export const notify: Performer = async (context, tools) => {
  const { texts, locale } = tools;
  const group = context.group.title;
  const recovered = context.payload.about === 'recovered';
  const isTrue = recovered ? context.standing === 'in' : !isInside(context.presence);
  if (!isTrue) return { kind: 'already' };
  const html = recovered
    ? texts.html(locale, 'recovered', { group, karma: context.karma })
    : texts.html(locale, 'removed', { group, reasons: sayReasons(texts, locale, context.reasons) });
  return tellPerson(context, tools, { html });
};
