// Long polling: one poll at a time. A newer poll ends the older one with a conflict, and so does setting a webhook.
import type { Update } from '@grammyjs/types';
import type { Sandbox } from '../sandbox';
import { REFUSALS, Refusal, type RefusalName } from '../methods/refusals';

export interface Poll {
  offset: number;
  limit: number;
  timeoutSeconds: number;
}

export interface Poller {
  poll(sandbox: Sandbox, poll: Poll): Promise<Update[]>;
  end(why: RefusalName): void;
  /** Answers the waiting poll with nothing, as on a shutdown. */
  release(): void;
}

interface Waiting {
  finish(updates: Update[]): void;
  fail(refusal: Refusal): void;
}

// A bot that asks again for what it has just been given, within half a second, gets one update at a time.
const HURRY_MS = 500;

export function makePoller(): Poller {
  let waiting: Waiting | undefined;
  let lastServed = { offset: 0, at: -Infinity };

  function end(why: RefusalName): void {
    const [code, description] = REFUSALS[why];
    waiting?.fail(new Refusal(code, description));
  }

  return {
    async poll(sandbox, { offset, limit, timeoutSeconds }) {
      end('secondPoller');
      if (offset !== 0) sandbox.updates.confirm(offset);
      const now = performance.now();
      const hurries = offset === lastServed.offset && now - lastServed.at < HURRY_MS;
      const ready = sandbox.updates.first(hurries ? 1 : limit);
      if (ready.length > 0) lastServed = { offset, at: now };
      if (ready.length > 0 || timeoutSeconds === 0) return ready;
      return new Promise<Update[]>((resolve, reject) => {
        const settle = (): boolean => {
          if (waiting !== own) return false;
          waiting = undefined;
          clearTimeout(timer);
          stopListening();
          return true;
        };
        const own: Waiting = {
          finish(updates) {
            if (settle()) resolve(updates);
          },
          fail(refusal) {
            if (settle()) reject(refusal);
          },
        };
        const timer = setTimeout(() => own.finish([]), timeoutSeconds * 1000);
        // One turn later, so that everything one act causes is answered together.
        const stopListening = sandbox.updates.onArrival(() => {
          stopListening();
          setImmediate(() => own.finish(waiting === own ? sandbox.updates.first(limit) : []));
        });
        waiting = own;
      });
    },
    end,
    release() {
      waiting?.finish([]);
    },
  };
}
