import { extendLease } from './lease';
import type { Performer } from './performer';
import { ensureJoinLink } from './ensure-join-link';
import { tellPerson } from './tell-person';

/** A direct message with the button that asks to join. */
export const invite: Performer = async (context, tools) => {
  const link = await ensureJoinLink(context, tools);
  if (link.kind !== 'done') return link;
  if (!context.group.inviteLink) await extendLease(tools.pool, context);
  const { texts, locale } = tools;
  const values = { group: context.group.title, karma: context.karma };
  return tellPerson(context, tools, {
    html: texts.html(locale, 'invite', values),
    buttons: [[{ label: texts.plain(locale, 'join-button', values), url: link.value.link }]],
  });
};
