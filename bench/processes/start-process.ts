import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Call, Calls } from './answer-calls';

/** A process of the bench's own: what it does shares no event loop with what is measured. */
export interface BenchProcess<C extends Calls> {
  call<Name extends keyof C & string>(
    name: Name,
    params: Parameters<C[Name]>[0],
  ): Promise<Awaited<ReturnType<C[Name]>>>;
  stop(): Promise<void>;
}

export function startProcess<C extends Calls>(file: string): BenchProcess<C> {
  const child = fork(file, { serialization: 'advanced' });
  const waiting = new Map<number, { settle: (value: never) => void; fail: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('failure' in answer) caller?.fail(new Error(answer.failure));
    else caller?.settle(answer.value as never);
  });
  child.on('exit', (code, signal) => {
    for (const { fail } of waiting.values()) fail(new Error(`${file} ended early (${signal ?? code}).`));
    waiting.clear();
  });
  return {
    call: (name, params) =>
      new Promise((settle, fail) => {
        const id = ++lastId;
        waiting.set(id, { settle, fail });
        child.send({ id, name, params } satisfies Call);
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
