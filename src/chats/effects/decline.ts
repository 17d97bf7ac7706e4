import { sayReasons } from '../texts/say-reasons';
import type { Performer } from './performer';
import { rememberProgress } from './remember-progress';

const ATTEMPTS_TO_TELL = 3;

/**
 * Says why, then declines: somebody who never wrote to the bot can only be written to while their request is waiting.
 * When the reason cannot be delivered after some attempts, the request is declined all the same.
 */
export const decline: Performer = async (context, tools) => {
  const { gateway, texts, locale, now } = tools;
  const { group, payload } = context;
  if (!context.progress?.messageId) {
    const open = context.contactId && context.contactUntil && now < context.contactUntil;
    const said = await gateway.send(open ? context.contactId! : payload.userId!, {
      html: texts.html(locale, 'declined', {
        group: group.title,
        reasons: sayReasons(texts, locale, context.reasons),
      }),
    });
    const mayYetSucceed = said.kind === 'unknown' && context.attempts < ATTEMPTS_TO_TELL;
    if (said.kind === 'flood' || mayYetSucceed) return said;
    const messageId = said.kind === 'done' ? said.value.messageId : 'not delivered';
    await rememberProgress(tools.pool, context, { messageId });
  }
  return gateway.decline(group.chatId!, payload.userId!);
};
