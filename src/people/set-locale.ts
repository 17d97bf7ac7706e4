import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { Member } from './member.entity';

/** The language a member chose. */
@Injectable()
export class SetLocale {
  constructor(private readonly database: Database) {}

  async set(memberId: number, locale: string): Promise<void> {
    await this.database.entities.manager.update(Member, { id: memberId }, { locale });
  }
}
