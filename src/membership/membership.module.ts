import { Module } from '@nestjs/common';
import { ExplainMember } from './explain-member';
import { PreviewRule } from './preview-rule';
import { RecordPresence } from './record-presence';

/** The decision: who should be where, and what is to be done about it. */
@Module({
  providers: [ExplainMember, PreviewRule, RecordPresence],
  exports: [ExplainMember, PreviewRule, RecordPresence],
})
export class MembershipModule {}
