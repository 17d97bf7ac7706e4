/**
 * A failure the caller can do something about: a stable code, the HTTP status it maps to at the edge, a plain sentence
 * that says what to do next, and, where one helps, the place in the request that is wrong.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly details: { errors?: FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(message);
  }
}

export interface FieldError {
  /** JSON pointer into the body, or the name of a parameter. */
  pointer: string;
  detail: string;
}
