// What is to go wrong next. A fault is used up by the calls it fits, oldest fault first.
export const FAULT_KINDS = ['error', 'timeout', 'lostReply', 'flood', 'badBody', 'reset', 'slow'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  id: number;
  kind: FaultKind;
  /** Missing: any method but getUpdates, which would otherwise swallow every fault while it polls. */
  method?: string;
  chatId?: number;
  /** How many calls it still hits. */
  times: number;
  code?: number;
  description?: string;
  retryAfter?: number;
  delayMs?: number;
}

export interface Faults {
  add(fault: Omit<Fault, 'id'>): Fault;
  take(method: string, chatId: unknown): Fault | undefined;
  list(): Fault[];
  clear(): void;
}

export function makeFaults(): Faults {
  let faults: Fault[] = [];
  let nextId = 1;
  return {
    add(fault) {
      const added = { ...fault, id: nextId++ };
      faults.push(added);
      return { ...added };
    },
    take(method, chatId) {
      if (faults.length === 0) return undefined;
      const fault = faults.find((candidate) => fits(candidate, method.toLowerCase(), chatId));
      if (fault === undefined) return undefined;
      fault.times -= 1;
      if (fault.times <= 0) faults = faults.filter((other) => other !== fault);
      return fault;
    },
    list: () => faults.map((fault) => ({ ...fault })),
    clear() {
      faults = [];
    },
  };
}

function fits(fault: Fault, method: string, chatId: unknown): boolean {
  const rightMethod =
    fault.method === undefined ? method !== 'getupdates' : fault.method.toLowerCase() === method;
  return rightMethod && (fault.chatId === undefined || String(fault.chatId) === String(chatId));
}
