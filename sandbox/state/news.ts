// Says that something changed, never what it is now: listeners look again. Repeats within one turn are told once each.
export type Change =
  | { kind: 'chat'; id: number }
  | { kind: 'person'; id: number }
  | { kind: 'calls' }
  | { kind: 'faults' }
  | { kind: 'reset' };

export interface News {
  tell(change: Change): void;
  listen(listener: (change: Change) => void): () => void;
}

export function makeNews(): News {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell(change) {
      for (const listener of listeners) listener(change);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
