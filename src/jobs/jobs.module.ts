import { Global, Module } from '@nestjs/common';
import { Queues } from './queues';

/** The queues, which every role may look at and only workers fill and empty. */
@Global()
@Module({ providers: [Queues], exports: [Queues] })
export class JobsModule {}
