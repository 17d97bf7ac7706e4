import { sayReasons } from '../texts/say-reasons';
import type { Performer } from './performer';
import { tellPerson } from './tell-person';

/** Says what is at stake, what is missing and until when. */
export const warn: Performer = async (context, tools) => {
  const { texts, locale } = tools;
  const until = context.graceUntil ?? tools.now;
  const group = context.group.title;
  const short = context.reasons.length === 1 ? context.reasons[0] : undefined;
  const html =
    short?.code === 'karma_short'
      ? texts.html(locale, 'warn', {
          group,
          until,
          karma: short.karma,
          needed: short.needed,
          missing: short.missing,
        })
      : texts.html(locale, 'warn-other', {
          group,
          until,
          reasons: sayReasons(texts, locale, context.reasons),
        });
  return tellPerson(context, tools, { html });
};
