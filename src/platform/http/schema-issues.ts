import { DomainError, type FieldError } from '../domain-error';

interface Issue {
  message: string;
  path?: ReadonlyArray<PropertyKey | { key: PropertyKey }> | undefined;
}

export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.map((issue) => ({
    pointer: (issue.path ?? [])
      .map(
        (part) =>
          '/' +
          String(typeof part === 'object' ? part.key : part)
            .replaceAll('~', '~0')
            .replaceAll('/', '~1'),
      )
      .join(''),
    detail: issue.message,
  }));
}

/** What a body, query or path that does not fit its schema is answered with. */
export function invalidRequest(issues: readonly Issue[]): DomainError {
  const errors = fieldErrors(issues);
  const first = errors[0];
  const where = first?.pointer ? `${first.pointer}: ` : '';
  return new DomainError(
    'invalid-request',
    422,
    `The request does not fit what is expected: ${where}${first?.detail}.`,
    {
      errors,
    },
  );
}
