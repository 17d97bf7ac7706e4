import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Figures for Prometheus. Labels are few and bounded: never a member, a chat or an event. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly eventsRecorded = new Counter({
    name: 'karmagate_events_total',
    help: 'Karma events answered, by status.',
    labelNames: ['status'],
    registers: [this.registry],
  });
  readonly jobSeconds = new Histogram({
    name: 'karmagate_job_seconds',
    help: 'Time a job took, by job and result.',
    labelNames: ['job', 'result'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 10],
    registers: [this.registry],
  });
  readonly effects = new Counter({
    name: 'karmagate_effects_total',
    help: 'Effects performed, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers: [this.registry],
  });
  readonly waiting = new Gauge({
    name: 'karmagate_waiting',
    help: 'Rows that still have to be worked on: members to look at again, open effects.',
    labelNames: ['list'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
