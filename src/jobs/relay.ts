import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from '../platform/database/database';
import { Listener } from '../platform/database/listener';
import { run, type Statement } from '../platform/database/statement';
import { Environment } from '../platform/environment';
import { claimDueMembers, claimEffects, releaseDueMembers, releaseEffects, WINDOW } from './claim-statements';
import { DUE_MEMBERS_CHANNEL } from './due-members';
import { within } from '../platform/within';
import { Queues } from './queues';

const SHUTDOWN_MS = 3000;

type List = 'members' | 'effects';

interface Route {
  claim: Statement;
  release: Statement;
  send: (ids: number[]) => Promise<void>;
}

/**
 * Carries the work list and the effects from Postgres to the queue. Woken at once, by NOTIFY when members are due and by
 * whoever opened effects, and by a sweep every second in case that or the queue itself was lost. Rows are claimed with
 * SKIP LOCKED: any number of relays share them.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('relay');
  private readonly listener: Listener;
  private readonly routes: Record<List, Route>;
  private readonly running = new Map<List, Promise<void>>();
  private readonly wanted = new Set<List>();
  private stopped = false;

  constructor(
    private readonly database: Database,
    queues: Queues,
    environment: Environment,
  ) {
    this.routes = {
      members: {
        claim: claimDueMembers,
        release: releaseDueMembers,
        send: (ids) =>
          queues.add(
            'members',
            'reconcile-member',
            ids.map((memberId) => ({ memberId })),
          ),
      },
      effects: {
        claim: claimEffects,
        release: releaseEffects,
        send: (ids) =>
          queues.add(
            'effects',
            'perform-effect',
            ids.map((effectId) => ({ effectId })),
          ),
      },
    };
    this.listener = new Listener({
      url: environment.databaseUrl,
      channels: [DUE_MEMBERS_CHANNEL],
      onNotify: () => this.wake('members'),
      onConnected: () => this.sweep(),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.listener.stop();
    // While the queue is away this would wait for it; the rows wait just as well.
    await within(SHUTDOWN_MS, Promise.all(this.running.values()));
  }

  @Interval(1000)
  sweep(): void {
    this.wake('members');
    this.wake('effects');
  }

  /** Looks for work now; while it is looking already, once more afterwards. */
  wake(list: List): void {
    this.wanted.add(list);
    if (this.stopped || this.running.has(list)) return;
    this.running.set(
      list,
      this.run(list).finally(() => {
        this.running.delete(list);
        if (this.wanted.has(list) && !this.stopped) this.wake(list);
      }),
    );
  }

  private async run(list: List): Promise<void> {
    try {
      while (this.wanted.delete(list)) {
        const claimed = await this.relayOnce(this.routes[list]);
        if (claimed === WINDOW) this.wanted.add(list);
      }
    } catch (error) {
      this.log.warn(`${list} could not be relayed, the next sweep tries again: ${(error as Error).message}`);
      this.wanted.delete(list);
    }
  }

  private async relayOnce({ claim, release, send }: Route): Promise<number> {
    const ids = (await run<{ id: number }>(this.database.pool, claim)).map(({ id }) => id);
    if (ids.length === 0) return 0;
    try {
      await send(ids);
    } catch (error) {
      await run(this.database.pool, release, [ids]);
      throw error;
    }
    return ids.length;
  }
}
