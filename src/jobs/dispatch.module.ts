import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Relay } from './relay';
import { Runner } from './runner';

/** Dispatch: what still has to happen goes to the queue and comes back as work. */
@Module({ imports: [DiscoveryModule], providers: [Relay, Runner], exports: [Relay] })
export class DispatchModule {}
