import { DomainError } from '../platform/domain-error';

export function unknownMember(externalId: string): DomainError {
  return new DomainError(
    'unknown-member',
    404,
    `There is no member "${externalId}": post an event or PUT them first.`,
  );
}
