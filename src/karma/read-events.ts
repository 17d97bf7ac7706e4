import { DomainError } from '../platform/domain-error';
import { fieldErrors } from '../platform/http/schema-issues';
import { type EventResult, type KarmaEvent, karmaEventSchema, MAX_EVENTS } from './event.schema';

/** A request's events in their order: each is an event, or the result that tells why it is none. */
export type ReadEvent = { event: KarmaEvent } | { refused: EventResult };

/** @throws DomainError `too-many-events` or `no-events`; a single bad event among good ones refuses only itself. */
export function readEvents(body: unknown): ReadEvent[] {
  const list: unknown[] = Array.isArray(body) ? body : [body];
  if (list.length > MAX_EVENTS) {
    const detail = `At most ${MAX_EVENTS} events fit in a request, this one has ${list.length}: send them in parts.`;
    throw new DomainError('too-many-events', 422, detail);
  }
  if (list.length === 0)
    throw new DomainError('no-events', 422, 'The list of events is empty: send at least one.');
  return list.map((candidate, index) => readEvent(candidate, index));
}

function readEvent(candidate: unknown, index: number): ReadEvent {
  const parsed = karmaEventSchema.safeParse(candidate);
  if (parsed.success) return { event: parsed.data };
  const [first] = fieldErrors(parsed.error.issues);
  const field = first?.pointer.slice(1);
  const detail = field ? `"${field}" is wrong: ${first?.detail}.` : `This is not an event: ${first?.detail}.`;
  return {
    refused: { index, id: idOf(candidate), status: 'invalid', error: { code: 'invalid-event', detail } },
  };
}

function idOf(candidate: unknown): string | null {
  const id = (candidate as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id.slice(0, 200) : null;
}
