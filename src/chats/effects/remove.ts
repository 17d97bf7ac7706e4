import { stillWanted } from '../../membership/still-wanted.policy';
import type { Performer } from './performer';
import { rememberProgress } from './remember-progress';

/**
 * Puts somebody out. That it began is stored first: a removal that broke off may have left them banned, and is finished
 * even when it is not wanted any more. What is known as banned was banned by a human meanwhile, and stays so.
 */
export const remove: Performer = async (context, { gateway, pool }) => {
  const { chatId } = context.group;
  const { userId } = context.payload;
  if (context.presence === 'banned') return { kind: 'already' };
  const wanted = stillWanted(context.kind, context.standing, context.presence);
  if (!wanted) return gateway.finishRemoval(chatId!, userId!);
  await rememberProgress(pool, context, { started: true });
  return gateway.remove(chatId!, userId!);
};
