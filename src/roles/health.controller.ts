import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Queues } from '../jobs/queues';
import { Database } from '../platform/database/database';
import { Metrics } from '../platform/metrics';

const PATIENCE_MS = 2000;

type State = 'up' | 'down';

/** For orchestrators and Prometheus. A process without its queue still takes karma, so that it counts as ready. */
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'The process is alive' })
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @ApiOperation({ summary: 'Whether the database answers (503 if not), and the queue' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ database: State; queue: State }> {
    const [database, queue] = await Promise.all([
      stateOf(this.database.pool.query('select 1')),
      stateOf(this.queues.ping()),
    ]);
    if (database === 'down') void reply.status(503);
    return { database, queue };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  @ApiOperation({ summary: 'Figures for Prometheus' })
  async figures(): Promise<string> {
    const { rows } = await this.database.pool.query<{ members: number; effects: number }>(
      `select (select count(*) from due_members) as members, (select count(*) from effects where status = 'open') as effects`,
    );
    this.metrics.waiting.set({ list: 'members' }, rows[0]!.members);
    this.metrics.waiting.set({ list: 'effects' }, rows[0]!.effects);
    return this.metrics.registry.metrics();
  }
}

async function stateOf(answer: Promise<unknown>): Promise<State> {
  const late = new Promise<'down'>((resolve) => setTimeout(resolve, PATIENCE_MS, 'down').unref());
  return Promise.race([answer.then(() => 'up' as const).catch(() => 'down' as const), late]);
}
