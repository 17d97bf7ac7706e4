export interface SentEvent {
  id: string;
  member: string;
  delta?: number;
  reverses?: string;
}

interface Counted {
  delta: number;
  reverses: string | undefined;
}

/**
 * A ledger of a few lines that takes one event after another. It is told what karmagate has accepted, and says what the
 * balances must be; what may not have been accepted, it does not take.
 */
export class LedgerModel {
  private readonly events = new Map<string, Map<string, Counted>>();

  count({ id, member, delta, reverses }: SentEvent): void {
    const events = this.events.get(member) ?? new Map<string, Counted>();
    if (events.has(id)) throw new Error(`The event "${id}" of "${member}" was counted twice.`);
    events.set(id, { delta: delta ?? this.undo(member, reverses), reverses });
    this.events.set(member, events);
  }

  has(member: string, id: string): boolean {
    return this.events.get(member)?.has(id) ?? false;
  }

  balance(member: string): number {
    return [...(this.events.get(member)?.values() ?? [])].reduce((sum, { delta }) => sum + delta, 0);
  }

  get balances(): Map<string, number> {
    return new Map([...this.events.keys()].map((member) => [member, this.balance(member)]));
  }

  get size(): number {
    return [...this.events.values()].reduce((sum, events) => sum + events.size, 0);
  }

  private undo(member: string, reverses: string | undefined): number {
    const events = this.events.get(member);
    const original = reverses === undefined ? undefined : events?.get(reverses);
    if (!original) throw new Error(`"${reverses}" of "${member}" was reversed and never counted.`);
    if ([...events!.values()].some((other) => other.reverses === reverses)) {
      throw new Error(`"${reverses}" of "${member}" was reversed twice.`);
    }
    return -original.delta;
  }
}
