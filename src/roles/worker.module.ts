import { Module } from '@nestjs/common';
import { PerformEffect } from '../chats/perform-effect';
import { DispatchModule } from '../jobs/dispatch.module';
import { Housekeeping } from '../jobs/housekeeping';
import { EndGraces } from '../membership/end-graces';
import { MembershipModule } from '../membership/membership.module';
import { ReassessGroups } from '../membership/reassess-groups';
import { ReconcileMember } from '../membership/reconcile-member';
import { ForgetTickets } from '../people/forget-tickets';

/** Takes from the work list and performs effects. */
@Module({
  imports: [DispatchModule, MembershipModule],
  providers: [ReconcileMember, PerformEffect, EndGraces, ReassessGroups, ForgetTickets, Housekeeping],
})
export class WorkerModule {}
