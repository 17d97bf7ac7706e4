/** What a process of the bench can be asked to do, by name. */
export type Calls = Record<string, (params: never) => Promise<unknown>>;

export interface Call {
  id: number;
  name: string;
  params: unknown;
}

export type Answer = { id: number; value: unknown } | { id: number; failure: string };

/** Makes this process answer the calls of the one that started it, and end with it. */
export function answerCalls(calls: Calls): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (call: Call) => {
    const { id, name, params } = call;
    const answer = (answer: Answer): unknown => process.send?.(answer);
    const perform = calls[name] as ((params: unknown) => Promise<unknown>) | undefined;
    if (!perform) return answer({ id, failure: `Nobody here knows "${name}".` });
    return perform(params).then(
      (value) => answer({ id, value }),
      (error: unknown) => answer({ id, failure: (error as Error).stack ?? String(error) }),
    );
  });
}
