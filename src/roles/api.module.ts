import { Module } from '@nestjs/common';
import { GroupMembersController } from '../console/group-members.controller';
import { MemberViewController } from '../console/member-view.controller';
import { RuleController } from '../console/rule.controller';
import { EventsController } from '../karma/events.controller';
import { KarmaModule } from '../karma/karma.module';
import { LedgerController } from '../karma/ledger.controller';
import { SourcesController } from '../karma/sources.controller';
import { MembershipModule } from '../membership/membership.module';
import { MembersController } from '../people/members.controller';
import { PeopleModule } from '../people/people.module';
import { GroupsController } from '../rules/groups.controller';
import { RulesModule } from '../rules/rules.module';

/** The HTTP API for sites and administrators. */
@Module({
  imports: [KarmaModule, PeopleModule, RulesModule, MembershipModule],
  controllers: [
    EventsController,
    LedgerController,
    SourcesController,
    MembersController,
    MemberViewController,
    GroupsController,
    GroupMembersController,
    RuleController,
  ],
})
export class ApiModule {}
