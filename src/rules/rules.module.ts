import { Module } from '@nestjs/common';
import { ManageGroups } from './manage-groups';

/** What should be: groups, what they ask for, and what they celebrate. */
@Module({ providers: [ManageGroups], exports: [ManageGroups] })
export class RulesModule {}
