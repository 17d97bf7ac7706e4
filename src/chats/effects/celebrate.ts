import { escapeHtml } from '../texts/escape-html';
import { done, type Outcome } from '../outcome';
import type { EffectContext } from './effect-context';
import type { Performer, Tools } from './performer';
import { rememberProgress } from './remember-progress';

/**
 * Posts a milestone, pins it without a sound, and unpins the one before by its id: unpinning whatever is newest could
 * take away what a human pinned.
 */
export const celebrate: Performer = async (context, tools) => {
  const { gateway, pool } = tools;
  const chatId = context.group.chatId!;
  let messageId = context.progress?.messageId;
  if (!messageId) {
    const posted = await gateway.send(chatId, { html: sayMilestone(context, tools) });
    if (posted.kind !== 'done') return posted;
    messageId = posted.value.messageId;
    await rememberProgress(pool, context, { messageId });
  }
  const pinned = await gateway.pin(chatId, messageId);
  // Somebody deleted the post meanwhile: they did not want it there.
  if (pinned.kind === 'gone' && pinned.what === 'message') return { kind: 'already' };
  if (pinned.kind !== 'done' && pinned.kind !== 'already') return pinned;
  return replacePinned(context, tools, chatId, messageId);
};

async function replacePinned(
  context: EffectContext,
  { gateway, pool }: Tools,
  chatId: string,
  messageId: string,
): Promise<Outcome> {
  const previous = context.group.pinnedMessageId;
  if (previous && previous !== messageId) {
    const unpinned = await gateway.unpin(chatId, previous);
    if (unpinned.kind !== 'done' && unpinned.kind !== 'already' && unpinned.kind !== 'gone') return unpinned;
  }
  await pool.query('update groups set pinned_message_id = $2 where id = $1', [context.groupId, messageId]);
  return done();
}

function sayMilestone({ name, payload }: EffectContext, { texts, groupLocale }: Tools): string {
  const karma = payload.karma ?? 0;
  if (!payload.text) return texts.html(groupLocale, 'celebrate', { name, karma });
  const values = { name, karma: karma.toLocaleString(groupLocale) };
  // In one pass and by a function: a name may look like a placeholder, or like a replacement pattern.
  return escapeHtml(payload.text.replace(/\{(name|karma)\}/g, (_, key: 'name' | 'karma') => values[key]));
}
