import type { Message } from '../gateway';
import { done, type NotDone, type Outcome } from '../outcome';
import type { EffectContext } from './effect-context';
import type { Tools } from './performer';

/** Writes to the person an effect is about. */
export async function tellPerson(
  context: EffectContext,
  { gateway }: Tools,
  message: Message,
): Promise<Outcome> {
  const { userId } = context.payload;
  if (!userId) return { kind: 'refused', problem: 'The effect does not say whom it is for.' };
  const sent = await gateway.send(userId, message);
  if (sent.kind === 'done') return done();
  return isAboutPerson(sent) ? { kind: 'unreachable' } : sent;
}

/** A refusal to write to a person says that they cannot be reached, not that the group is in trouble. */
function isAboutPerson(outcome: NotDone): boolean {
  return outcome.kind === 'forbidden' || (outcome.kind === 'gone' && outcome.what !== 'person');
}
