import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Worker } from 'bullmq';
import { Metrics } from '../platform/metrics';
import { within } from '../platform/within';
import { catalogue, type JobName } from './catalogue';
import { HANDLES_JOB, type JobHandler } from './job-handler';
import { Queues } from './queues';
import { Relay } from './relay';

/** Longer than any job takes that can get on at all. */
const DRAIN_MS = 15_000;
const CLOSE_MS = 2000;

/**
 * Runs the jobs of the catalogue: checks what comes in, finds its handler, measures it. A handler that throws leaves its
 * row as it was, and the relay brings the row back; the queue itself never retries.
 */
@Injectable()
export class Runner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('jobs');
  private workers: Worker[] = [];
  private readonly running = new Set<Promise<string>>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly queues: Queues,
    private readonly relay: Relay,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    const handlers = this.findHandlers();
    this.workers = (Object.keys(catalogue) as JobName[]).map((name) => {
      const { queue, concurrency } = catalogue[name];
      return this.queues.work(queue, concurrency, (job, payload) => {
        const run = this.run(job, payload, handlers);
        this.running.add(run);
        return run.finally(() => this.running.delete(run));
      });
    });
  }

  /** Closing waits for the jobs, and then for a queue that may be away: for that not as long. */
  async beforeApplicationShutdown(): Promise<void> {
    const closed = Promise.all(this.workers.map((worker) => worker.close()));
    await within(DRAIN_MS, Promise.race([closed, this.drained()]));
    await within(CLOSE_MS, closed);
  }

  private async drained(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private findHandlers(): Map<string, JobHandler<JobName>> {
    const handlers = new Map<string, JobHandler<JobName>>();
    for (const { metatype, instance } of this.discovery.getProviders()) {
      const name = metatype && (Reflect.getMetadata(HANDLES_JOB, metatype) as JobName | undefined);
      if (!name) continue;
      if (handlers.has(name)) throw new Error(`The job "${name}" has two handlers.`);
      handlers.set(name, instance as JobHandler<JobName>);
    }
    for (const name of Object.keys(catalogue)) {
      if (!handlers.has(name)) throw new Error(`The job "${name}" has no handler.`);
    }
    return handlers;
  }

  private async run(
    name: string,
    payload: unknown,
    handlers: Map<string, JobHandler<JobName>>,
  ): Promise<string> {
    const entry = catalogue[name as JobName] as (typeof catalogue)[JobName] | undefined;
    const handler = handlers.get(name);
    if (!entry || !handler) throw new Error(`There is no job named "${name}".`);
    const stop = this.metrics.jobSeconds.startTimer({ job: name });
    try {
      const result = await handler.handle(entry.payload.parse(payload) as never);
      stop({ result });
      return result;
    } catch (error) {
      stop({ result: 'threw' });
      this.log.error(`${name} failed`, { payload }, error);
      throw error;
    } finally {
      this.relay.wake(entry.queue);
    }
  }
}
