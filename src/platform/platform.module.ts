import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock';
import { createDataSource } from './database/create-data-source';
import { createPool } from './database/create-pool';
import { Database } from './database/database';
import { Environment } from './environment';
import { Metrics } from './metrics';

/** What every floor above stands on: configuration, clock, database, metrics. */
@Global()
@Module({})
export class PlatformModule {
  static with(environment: Environment, clock: Clock): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Environment, useValue: environment },
        {
          provide: Database,
          useFactory: async () => {
            const entities = await createDataSource(environment.databaseUrl).initialize();
            return new Database(createPool(environment.databaseUrl, 'karmagate', 20), entities);
          },
        },
        { provide: Clock, useValue: clock },
        Metrics,
      ],
      exports: [Environment, Database, Clock, Metrics],
    };
  }
}
