// The updates the bot has not confirmed yet, oldest first. An update leaves the queue only when the bot asks for a
// higher one (or its webhook says 2xx), or after a day: until then it is delivered again and again.
import type { Update } from '@grammyjs/types';
import type { World } from '../state/world';

const KEPT_MS = 24 * 60 * 60 * 1000;
// Telegram sends these only to bots that ask for them by name.
const ONLY_WHEN_ASKED = ['chat_member', 'message_reaction', 'message_reaction_count'];

export type UpdateKind = Exclude<keyof Update, 'update_id'>;

export interface UpdateQueue {
  add<K extends UpdateKind>(kind: K, body: NonNullable<Update[K]>): void;
  /** Forgets what lies before `offset`; a negative one keeps that many from the end. */
  confirm(offset: number): void;
  first(limit: number): Update[];
  /** Calls back once, as soon as there is an update. */
  onArrival(callback: () => void): () => void;
}

export function makeUpdateQueue(world: () => World, now: () => number): UpdateQueue {
  const waiting = new Set<() => void>();

  function dropOld(): void {
    const { updates } = world();
    const oldestKept = now() - KEPT_MS;
    let count = 0;
    while (count < updates.length && (updates[count]?.at ?? 0) < oldestKept) count++;
    if (count > 0) updates.splice(0, count);
  }

  return {
    add(kind, body) {
      const state = world();
      if (!isWanted(kind, state.allowedUpdates)) return;
      const update = { update_id: state.nextUpdateId++, [kind]: body } as Update;
      state.updates.push({ update, at: now() });
      for (const callback of waiting) callback();
    },
    confirm(offset) {
      const { updates } = world();
      if (offset < 0) {
        updates.splice(0, Math.max(0, updates.length + offset));
        return;
      }
      let count = 0;
      while (count < updates.length && (updates[count]?.update.update_id ?? 0) < offset) count++;
      if (count > 0) updates.splice(0, count);
    },
    first(limit) {
      dropOld();
      return world()
        .updates.slice(0, limit)
        .map((pending) => pending.update);
    },
    onArrival(callback) {
      waiting.add(callback);
      return () => waiting.delete(callback);
    },
  };
}

function isWanted(kind: UpdateKind, allowed: string[] | undefined): boolean {
  if (allowed === undefined || allowed.length === 0) return !ONLY_WHEN_ASKED.includes(kind);
  return allowed.includes(kind);
}
