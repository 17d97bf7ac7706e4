import type { EntityManager } from 'typeorm';
import { unknownMember } from '../karma/unknown-member';
import { Member } from './member.entity';

/** @throws DomainError `unknown-member` (404). */
export async function findMember(manager: EntityManager, externalId: string): Promise<Member> {
  const member = await manager.findOneBy(Member, { externalId });
  if (member) return member;
  throw unknownMember(externalId);
}
