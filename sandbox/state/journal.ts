// Every call the bot made, in order of arrival. The oldest make room for the newest, so a benchmark cannot fill memory.
import type { ApiAnswer } from '../methods/answer';

export interface JournalEntry {
  id: number;
  method: string;
  params: Record<string, unknown>;
  /** Milliseconds since 1970 by the machine's clock, with fractions: arrival at the sandbox. */
  at: number;
  tookMs?: number;
  /** Missing while the call is under way, and when the connection was dropped instead of answered. */
  answer?: ApiAnswer;
  status?: number;
  fault?: string;
}

const CAPACITY = 20_000;
const SECRET_PARAMS = ['secret_token'];

export interface Journal {
  open(method: string, params: Record<string, unknown>): JournalEntry;
  list(wanted: { method?: string; since?: number; afterId?: number; limit?: number }): JournalEntry[];
  size(): number;
  clear(): void;
}

export function makeJournal(): Journal {
  // A ring: entry `id` lies at `id % CAPACITY`.
  let ring: JournalEntry[] = [];
  let nextId = 1;
  let oldest = 1;
  return {
    open(method, params) {
      const entry: JournalEntry = {
        id: nextId++,
        method,
        params: withoutSecrets(params),
        at: performance.timeOrigin + performance.now(),
      };
      ring[entry.id % CAPACITY] = entry;
      oldest = Math.max(oldest, entry.id - CAPACITY + 1);
      return entry;
    },
    list({ method, since, afterId, limit = CAPACITY }) {
      const found: JournalEntry[] = [];
      const lowest = Math.max(oldest, (afterId ?? 0) + 1);
      for (let id = nextId - 1; id >= lowest && found.length < limit; id--) {
        const entry = ring[id % CAPACITY];
        if (entry === undefined) continue;
        if (since !== undefined && entry.at < since) break;
        if (method === undefined || entry.method.toLowerCase() === method.toLowerCase()) found.push(entry);
      }
      return found.toReversed();
    },
    size: () => nextId - oldest,
    clear() {
      ring = [];
      oldest = nextId;
    },
  };
}

function withoutSecrets(params: Record<string, unknown>): Record<string, unknown> {
  const kept = { ...params };
  for (const name of SECRET_PARAMS) if (name in kept) kept[name] = '(hidden)';
  return kept;
}
