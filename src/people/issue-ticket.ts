import { Injectable } from '@nestjs/common';
import { renderSVG } from 'uqr';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { findMember } from './find-member';
import { PlatformLinks } from './platform-links';
import { Ticket } from './ticket.entity';
import { hashToken, newToken } from './token';

const TICKET_LIFETIME_MS = 60 * 60 * 1000;

/** Makes the link that a site gives to its member. Who opens it is asked before anything is linked. */
@Injectable()
export class IssueTicket {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: PlatformLinks,
  ) {}

  /** @throws DomainError `unknown-member` (404). */
  async issue(externalId: string, site: string): Promise<{ url: string; expiresAt: string; qr: string }> {
    const manager = this.database.entities.manager;
    const member = await findMember(manager, externalId);
    const token = newToken();
    const expiresAt = new Date(this.clock.now().getTime() + TICKET_LIFETIME_MS);
    const url = await this.links.startLink(token);
    await manager.insert(Ticket, {
      memberId: member.id,
      tokenHash: hashToken(token),
      purpose: 'link',
      platform: this.links.platform,
      site,
      expiresAt,
    });
    return { url, expiresAt: expiresAt.toISOString(), qr: renderSVG(url, { border: 2 }) };
  }
}
