import { isInside } from '../../membership/standing.policy';
import { stillWanted } from '../../membership/still-wanted.policy';
import type { Performer } from './performer';
import { rememberProgress } from './remember-progress';

/**
 * Puts somebody out. That it began is stored first: a removal that broke off may have left them banned, and is finished
 * even when it is not wanted any more. Before it begins the platform is asked whether they are still inside, because
 * lifting our ban would lift that of a human of whom we have not heard yet; what is known as banned stays so.
 */
export const remove: Performer = async (context, { gateway, pool }) => {
  const chatId = context.group.chatId!;
  const userId = context.payload.userId!;
  if (context.presence === 'banned') return { kind: 'already' };
  if (!stillWanted(context.kind, context.standing, context.presence)) {
    const lifted = await gateway.finishRemoval(chatId, userId);
    // Whether our ban had come about, and they are out, is for a look to tell.
    return lifted.kind === 'done' ? { kind: 'already' } : lifted;
  }
  if (!context.progress) {
    const seen = await gateway.presence(chatId, userId);
    if (seen.kind !== 'done') return seen;
    if (seen.value === 'admin') return { kind: 'protected', problem: 'They look after the chat.' };
    if (!isInside(seen.value)) return { kind: 'already' };
    await rememberProgress(pool, context, { started: true });
  }
  return gateway.remove(chatId, userId);
};
