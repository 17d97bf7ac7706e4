import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { putDueMembers } from '../jobs/due-members';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { inTransaction } from '../platform/database/transaction';
import { judgeTicket, type TicketFacts, type TicketVerdict } from './judge-ticket.policy';
import { hashToken } from './token';

/** Somebody on a chat platform, as the platform itself vouches for them. */
export interface Holder {
  platform: string;
  platformUserId: string;
  displayName: string;
  username?: string | undefined;
  /** The language of their app. */
  locale?: string | undefined;
}

export interface TicketView {
  verdict: TicketVerdict;
  /** Whose ticket it is and which site gave it out; absent for a foreign one. */
  memberName?: string;
  site?: string;
}

type TicketRow = TicketFacts & { memberName: string; site: string };

/** Links an account by a ticket: looked at when it is opened, used up when its holder says yes or no. */
@Injectable()
export class LinkAccount {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async look(token: string, holder: Holder): Promise<TicketView> {
    const row = await readTicket(this.database.pool, token, holder);
    return view(row, judgeTicket(row, holder.platformUserId, this.clock.now()));
  }

  /** Two people who confirm the same ticket at once are served one after the other; the second finds it used. */
  async confirm(token: string, holder: Holder): Promise<TicketView> {
    return inTransaction(this.database.pool, async (client) => {
      await client.query('select from tickets where token_hash = $1 for update', [hashToken(token)]);
      let row: TicketRow | undefined;
      do {
        row = await readTicket(client, token, holder);
        const verdict = judgeTicket(row, holder.platformUserId, this.clock.now());
        if (!row || verdict !== 'valid') return view(row, verdict);
        // When another ticket links either of the two at this very moment, a second look tells which.
      } while (!(await insertAccount(client, row.memberId, holder, this.clock.now())));
      // Whoever is linked has a balance, so that a rule finds everybody it concerns among the balances.
      await client.query(
        'insert into karma_balances (member_id, karma) values ($1, 0) on conflict do nothing',
        [row.memberId],
      );
      await client.query('update members set locale = coalesce(locale, $2) where id = $1', [
        row.memberId,
        holder.locale,
      ]);
      await useUp(client, token, holder, this.clock.now());
      await putDueMembers(client, [row.memberId]);
      return view(row, 'valid');
    });
  }

  /** Whoever says no has a link that was not meant for them: it must not work for anybody else either. */
  async decline(token: string, holder: Holder): Promise<void> {
    await useUp(this.database.pool, token, holder, this.clock.now());
  }
}

function view(row: TicketRow | undefined, verdict: TicketVerdict): TicketView {
  return row ? { verdict, memberName: row.memberName, site: row.site } : { verdict };
}

async function readTicket(
  connection: Pick<ClientBase, 'query'>,
  token: string,
  holder: Holder,
): Promise<TicketRow | undefined> {
  const { rows } = await connection.query<TicketRow>(
    `select ticket.member_id as "memberId", ticket.expires_at as "expiresAt", ticket.used_at as "usedAt", ticket.site,
            coalesce(member.display_name, member.external_id) as "memberName",
            own.platform_user_id as "memberAccount", held.member_id as "holderMember"
     from tickets ticket
     join members member on member.id = ticket.member_id
     left join accounts own on own.member_id = ticket.member_id and own.platform = ticket.platform
     left join accounts held on held.platform = ticket.platform and held.platform_user_id = $3
     where ticket.token_hash = $1 and ticket.platform = $2 and ticket.purpose = 'link'`,
    [hashToken(token), holder.platform, holder.platformUserId],
  );
  return rows[0];
}

/** Whether it was inserted: not when the member or the account has just been linked otherwise. */
async function insertAccount(
  client: ClientBase,
  memberId: number,
  holder: Holder,
  now: Date,
): Promise<boolean> {
  const { platform, platformUserId, displayName, username } = holder;
  const { rowCount } = await client.query(
    `insert into accounts (member_id, platform, platform_user_id, display_name, username, linked_at, linked_via)
     values ($1, $2, $3, $4, $5, $6, 'ticket') on conflict do nothing`,
    [memberId, platform, platformUserId, displayName, username, now],
  );
  return rowCount === 1;
}

async function useUp(
  connection: Pick<ClientBase, 'query'>,
  token: string,
  holder: Holder,
  now: Date,
): Promise<void> {
  await connection.query(
    'update tickets set used_at = $2, used_by = $3 where token_hash = $1 and used_at is null',
    [hashToken(token), now, holder.platformUserId],
  );
}
