import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { TelegramModule } from '../chats/telegram/telegram.module';
import { JobsModule } from '../jobs/jobs.module';
import type { Clock } from '../platform/clock';
import type { Environment, Role } from '../platform/environment';
import { PlatformModule } from '../platform/platform.module';
import { ApiModule } from './api.module';
import { BotModule } from './bot.module';
import { HealthController } from './health.controller';
import { WorkerModule } from './worker.module';

const modules: Record<Role, new () => object> = { api: ApiModule, worker: WorkerModule, bot: BotModule };

/** The application with the roles this process holds. */
@Module({})
export class ApplicationModule {
  static with(environment: Environment, clock: Clock): DynamicModule {
    return {
      module: ApplicationModule,
      imports: [
        PlatformModule.with(environment, clock),
        ScheduleModule.forRoot(),
        JobsModule,
        TelegramModule,
        ...environment.roles.map((role) => modules[role]),
      ],
      controllers: [HealthController],
    };
  }
}
