/** How a call to a platform ended, in words that every platform shares. Gateways return it; they throw only mistakes. */
export type Outcome<T = void> = Done<T> | NotDone;

export interface Done<T> {
  kind: 'done';
  value: T;
}

export type NotDone =
  /** It was so before. */
  | { kind: 'already' }
  /** The chat, person or message is not there any more. */
  | { kind: 'gone'; what: 'chat' | 'person' | 'message'; problem: string }
  /** The bot lacks a right in the chat. */
  | { kind: 'forbidden'; problem: string }
  /** The person cannot be acted upon: the chat's owner or an administrator. */
  | { kind: 'protected'; problem: string }
  /** The person does not let the bot write to them. */
  | { kind: 'unreachable' }
  /** Not now: the platform's pace allows it later. Nothing was done. */
  | { kind: 'flood'; retryAfterMs: number }
  /** The chat has another id now. Nothing was done. */
  | { kind: 'moved'; chatId: string }
  | { kind: 'unsupported'; problem: string }
  /** The call itself is wrong and will be wrong again. */
  | { kind: 'refused'; problem: string }
  /** Nobody knows whether it was done, or the platform cannot tell: ask again. */
  | { kind: 'unknown'; problem: string };

export function done(): Done<void>;
export function done<T>(value: T): Done<T>;
export function done<T>(value?: T): Done<T | undefined> {
  return { kind: 'done', value };
}
