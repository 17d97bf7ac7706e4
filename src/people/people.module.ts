import { Module } from '@nestjs/common';
import { KarmaModule } from '../karma/karma.module';
import { IssueTicket } from './issue-ticket';
import { LinkAccount } from './link-account';
import { PutMember } from './put-member';
import { SetLocale } from './set-locale';
import { UnlinkAccount } from './unlink-account';

/** Who: members of the site and the chat accounts they linked. */
@Module({
  imports: [KarmaModule],
  providers: [PutMember, IssueTicket, LinkAccount, SetLocale, UnlinkAccount],
  exports: [PutMember, IssueTicket, LinkAccount, SetLocale, UnlinkAccount],
})
export class PeopleModule {}
