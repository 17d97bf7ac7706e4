import { type Holder, LinkAccount } from '../../src/people/link-account';
import type { TestApplication } from './application';
import type { KarmaSource } from './karma-source';

export interface Ticket {
  url: string;
  expiresAt: string;
  qr: string;
  /** What the link hands to the bot. */
  token: string;
}

/** What it takes to link accounts without a bot: the service that it calls, members, tickets and people on Telegram. */
export interface Linking {
  readonly link: LinkAccount;
  /** Somebody new on Telegram. */
  somebody(): Holder;
  /** A new member, by their id. */
  member(): Promise<string>;
  ticketFor(member: string): Promise<Ticket>;
  /** The Telegram id of the account that a member has. */
  accountOf(member: string): Promise<string | undefined>;
  /** Grows whenever the member is put on the work list. */
  dueVersion(member: string): Promise<number>;
}

export function startLinking(app: TestApplication, source: KarmaSource): Linking {
  let serial = 0;
  return {
    link: app.application.get(LinkAccount),
    somebody: () => ({
      platform: 'telegram',
      platformUserId: String(++serial),
      displayName: `Person ${serial}`,
    }),
    member: async () => {
      const name = `member-${++serial}`;
      const body = { displayName: 'Rosa R.' };
      await app.api(`/v1/members/${name}`, { method: 'PUT', bearer: source.key, body });
      return name;
    },
    ticketFor: async (member) => {
      const path = `/v1/members/${member}/tickets`;
      const answer = await app.api<Ticket>(path, { bearer: source.key, body: { platform: 'telegram' } });
      if (answer.status !== 201) throw new Error(`There is no ticket: ${JSON.stringify(answer.body)}`);
      return { ...answer.body, token: new URL(answer.body.url).searchParams.get('start')! };
    },
    accountOf: async (member) => {
      const { rows } = await app.pool.query<{ platform_user_id: string }>(
        `select platform_user_id from accounts join members on members.id = member_id where external_id = $1`,
        [member],
      );
      if (rows.length > 1) throw new Error(`"${member}" has ${rows.length} accounts.`);
      return rows[0]?.platform_user_id;
    },
    dueVersion: async (member) => {
      const { rows } = await app.pool.query<{ version: number }>(
        `select version from due_members join members on id = member_id where external_id = $1`,
        [member],
      );
      return rows[0]?.version ?? 0;
    },
  };
}
