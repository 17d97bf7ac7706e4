import { sayReasons } from '../texts/say-reasons';
import type { Performer } from './performer';
import { tellPerson } from './tell-person';

/** Good or bad news about a standing. */
export const notify: Performer = async (context, tools) => {
  const { texts, locale } = tools;
  const group = context.group.title;
  const html =
    context.payload.about === 'recovered'
      ? texts.html(locale, 'recovered', { group, karma: context.karma })
      : texts.html(locale, 'removed', { group, reasons: sayReasons(texts, locale, context.reasons) });
  return tellPerson(context, tools, { html });
};
