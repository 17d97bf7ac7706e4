import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Pool } from 'pg';

/**
 * The two ways to the database: `pool` for prepared SQL on the flow's own paths, `entities` (TypeORM) for the rest.
 * Workers drain in beforeApplicationShutdown, so that both close after the last of them.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  constructor(
    readonly pool: Pool,
    readonly entities: DataSource,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.entities.destroy()]);
  }
}
