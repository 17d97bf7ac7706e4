import { Injectable } from '@nestjs/common';
import { putDueMembers } from '../jobs/due-members';
import { Database } from '../platform/database/database';
import { inTransaction } from '../platform/database/transaction';

export interface MemberProfile {
  displayName?: string | undefined;
  audiences?: string[] | undefined;
  locale?: string | undefined;
}

/** Creates a member or changes what is given of them. Their audiences may open or close doors, so they are due. */
@Injectable()
export class PutMember {
  constructor(private readonly database: Database) {}

  async put(externalId: string, { displayName, audiences, locale }: MemberProfile): Promise<void> {
    const sorted = audiences && [...new Set(audiences)].sort();
    await inTransaction(this.database.pool, async (client) => {
      const { rows } = await client.query<{ id: number }>(
        `insert into members as member (external_id, display_name, audiences, locale)
         values ($1, $2, coalesce($3::text[], '{}'), $4)
         on conflict (external_id) do update
           set display_name = coalesce($2, member.display_name), audiences = coalesce($3, member.audiences),
               locale = coalesce($4, member.locale)
         returning id`,
        [externalId, displayName, sorted, locale],
      );
      await putDueMembers(client, [rows[0]!.id]);
    });
  }
}
