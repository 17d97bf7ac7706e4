import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Queues } from './queues';
import { Relay } from './relay';
import { Runner } from './runner';

/** Dispatch: what still has to happen goes to the queue and comes back as work. */
@Module({ imports: [DiscoveryModule], providers: [Queues, Relay, Runner], exports: [Queues, Relay] })
export class JobsModule {}
