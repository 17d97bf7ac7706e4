import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Metrics } from '../platform/metrics';
import { catalogue, type JobName, type JobResult } from './catalogue';
import { HandlesJob, type JobHandler } from './job-handler';
import { Queues } from './queues';
import { Relay } from './relay';
import { Runner } from './runner';

function handlerOf<Name extends JobName>(name: Name): Type<JobHandler<Name>> {
  @Injectable()
  @HandlesJob(name)
  class Handler implements JobHandler<Name> {
    async handle(): Promise<JobResult> {
      return 'done';
    }
  }
  return Handler;
}

describe('A worker starts', () => {
  const names = Object.keys(catalogue) as JobName[];
  let worked: string[];

  const start = async (handlers: Type<unknown>[]): Promise<void> => {
    worked = [];
    const queues = { work: (queue: string) => (worked.push(queue), { close: async () => {} }) };
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [
        Runner,
        Metrics,
        { provide: Queues, useValue: queues },
        { provide: Relay, useValue: {} },
        ...handlers,
      ],
    }).compile();
    try {
      await module.init();
    } finally {
      await module.close();
    }
  };

  it('when every job of the catalogue has one handler', async () => {
    await start(names.map(handlerOf));
    expect(worked).toEqual(names.map((name) => catalogue[name].queue));
  });

  it.each(names)('not without a handler for "%s"', async (missing) => {
    const handlers = names.filter((name) => name !== missing).map(handlerOf);
    await expect(start(handlers)).rejects.toThrow(`The job "${missing}" has no handler.`);
    expect(worked).toEqual([]);
  });

  it.each(names)('not with two handlers for "%s"', async (twice) => {
    const handlers = [...names, twice].map((name) => handlerOf(name));
    await expect(start(handlers)).rejects.toThrow(`The job "${twice}" has two handlers.`);
    expect(worked).toEqual([]);
  });
});
