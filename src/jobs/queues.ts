import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createPostgresBackend, Queue, Worker, type WorkerOptions, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUE_SCHEMA } from '../platform/database/migrate';
import { within } from '../platform/within';
import { Environment } from '../platform/environment';
import type { JobName } from './catalogue';

type Processor = (name: string, payload: unknown) => Promise<string>;

/** Reconnecting at least once a second is what brings work back soon after Redis is. */
const RECONNECT_MS = 1000;

/**
 * A worker that dies is noticed when its lock runs out: 5 s, looked for every 2.5 s, as often as it takes. BullMQ's own
 * settings wait 30 s and give a job up the second time.
 */
const recovery = { lockDuration: 5000, stalledInterval: 2500, maxStalledCount: 1_000_000 } as const;

const POSTGRES_POOL_SIZE = 8;

/**
 * On Postgres BullMQ adds in bulk by way of temporary tables, whose coming and going makes every connection plan its
 * statements anew: 3 ms where a single job takes 0.5 ms. From about eight jobs on it is the cheaper way.
 */
const WORTH_BULK = 8;

/** The queue may be lost at any moment and is filled again, so that its commits need not wait for the disk. */
const POSTGRES_OPTIONS = '-c synchronous_commit=off';
const WARN_EVERY_MS = 10_000;
const SHUTDOWN_MS = 3000;

/** The queues, on Redis or Valkey when REDIS_URL is set, else on the application's own Postgres. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly log = new Logger('queue');
  private readonly warnedAt = new Map<string, number>();
  private readonly queues = new Map<string, Queue>();
  private pinging: Promise<unknown> | undefined;

  constructor(private readonly environment: Environment) {}

  async add(queue: string, name: JobName, payloads: object[]): Promise<void> {
    const opts = { removeOnComplete: true, removeOnFail: { count: 1000 } };
    const target = this.queue(queue);
    if (!this.environment.redisUrl && payloads.length < WORTH_BULK) {
      await Promise.all(payloads.map((data) => target.add(name, data, opts)));
    } else {
      await target.addBulk(payloads.map((data) => ({ name, data, opts })));
    }
  }

  work(queue: string, concurrency: number, process: Processor): Worker {
    const options = { ...this.options(), ...recovery, concurrency, drainDelay: 1 };
    const processor = async (job: { name: string; data: unknown }) => process(job.name, job.data);
    const worker = this.environment.redisUrl
      ? new Worker(queue, processor, options as WorkerOptions)
      : new (withBackend(createPostgresBackend).Worker)(queue, processor, options as never);
    worker.on('error', (error) => this.warn(queue, error));
    return worker as Worker;
  }

  /** Whether the queue answers. */
  ping(): Promise<unknown> {
    // While the queue is away an answer may be long in coming: everybody waits for the same one.
    this.pinging ??= this.queue('members')
      .getJobCounts('waiting')
      .finally(() => (this.pinging = undefined));
    return this.pinging;
  }

  async onApplicationShutdown(): Promise<void> {
    await within(SHUTDOWN_MS, Promise.all([...this.queues.values()].map((queue) => queue.close())));
  }

  private queue(name: string): Queue {
    const existing = this.queues.get(name);
    if (existing) return existing;
    const queue = (
      this.environment.redisUrl
        ? new Queue(name, this.options() as never)
        : new (withBackend(createPostgresBackend).Queue)(name, this.options() as never)
    ) as Queue;
    queue.on('error', (error) => this.warn(name, error));
    this.queues.set(name, queue);
    return queue;
  }

  /** An outage repeats itself many times a second; once in a while is enough to say so. */
  private warn(queue: string, error: Error): void {
    const now = performance.now();
    if (now - (this.warnedAt.get(queue) ?? -Infinity) < WARN_EVERY_MS) return;
    this.warnedAt.set(queue, now);
    this.log.warn(`queue ${queue}: ${error.message}`);
  }

  private options(): { connection: unknown; prefix: string } {
    const { redisUrl, databaseUrl, queuePrefix } = this.environment;
    if (!redisUrl) {
      return {
        prefix: queuePrefix,
        connection: {
          connectionString: databaseUrl,
          schema: QUEUE_SCHEMA,
          max: POSTGRES_POOL_SIZE,
          options: POSTGRES_OPTIONS,
          application_name: 'karmagate-queue',
        },
      };
    }
    return {
      // One hash tag for all keys of a queue, so that they share a slot on Redis Cluster.
      prefix: `{${queuePrefix}}`,
      connection: {
        ...redisOptions(redisUrl),
        maxRetriesPerRequest: null,
        retryStrategy: (times: number) => Math.min(times * 100, RECONNECT_MS),
      },
    };
  }
}

/** BullMQ closes connections that it opens itself, so it gets options rather than a connection. */
function redisOptions(url: string): object {
  const probe = new Redis(url, { lazyConnect: true });
  const { host, port, username, password, db, tls } = probe.options;
  probe.disconnect();
  return { host, port, username, password, db, tls };
}
