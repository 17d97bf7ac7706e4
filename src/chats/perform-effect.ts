import { Injectable, Logger } from '@nestjs/common';
import type { JobPayload, JobResult } from '../jobs/catalogue';
import { HandlesJob, type JobHandler } from '../jobs/job-handler';
import { RecordPresence } from '../membership/record-presence';
import type { Presence } from '../membership/standing.policy';
import { stillWanted } from '../membership/still-wanted.policy';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { inTransaction } from '../platform/database/transaction';
import { Environment } from '../platform/environment';
import { redact } from '../platform/redact';
import { Metrics } from '../platform/metrics';
import { approve } from './effects/approve';
import { celebrate } from './effects/celebrate';
import { claimEffect } from './effects/claim-effect';
import { decline } from './effects/decline';
import type { EffectContext } from './effects/effect-context';
import { invite } from './effects/invite';
import { notify } from './effects/notify';
import type { Performer } from './effects/performer';
import { remove } from './effects/remove';
import { finishEffect, postponeEffect } from './effects/settle-effect';
import { warn } from './effects/warn';
import { Gateways } from './gateways';
import { GroupTrouble } from './group-trouble';
import type { Outcome } from './outcome';
import { afterwards, needsLook, presenceAfter } from './outcome.policy';
import { chooseLocale, Texts } from './texts/texts';

const LOOK_AGAIN_MS = 2000;

const performers: Record<string, Performer> = { invite, approve, decline, remove, warn, notify, celebrate };

/** Performs one effect: claim it, ask whether it is still wanted, call the platform, write down how it ended. */
@Injectable()
@HandlesJob('perform-effect')
export class PerformEffect implements JobHandler<'perform-effect'> {
  private readonly log = new Logger('effects');

  constructor(
    private readonly database: Database,
    private readonly gateways: Gateways,
    private readonly texts: Texts,
    private readonly clock: Clock,
    private readonly environment: Environment,
    private readonly presence: RecordPresence,
    private readonly trouble: GroupTrouble,
    private readonly metrics: Metrics,
  ) {}

  async handle({ effectId }: JobPayload<'perform-effect'>): Promise<JobResult> {
    const context = await claimEffect(this.database.pool, effectId);
    if (!context) return 'skipped';
    const begun = context.progress !== null;
    if (!begun && !stillWanted(context.kind, context.standing, context.presence)) {
      await finishEffect(this.database.pool, context, 'cancelled', 'unwanted');
      return 'skipped';
    }
    const outcome = await this.perform(context);
    this.metrics.effects.inc({ kind: context.kind, outcome: outcome.kind });
    return this.settle(context, outcome);
  }

  private async perform(context: EffectContext): Promise<Outcome> {
    const performer = performers[context.kind];
    if (!performer) return { kind: 'unsupported', problem: `Nobody knows how to perform "${context.kind}".` };
    try {
      return await performer(context, {
        pool: this.database.pool,
        gateway: this.gateways.of(context.platform),
        texts: this.texts,
        locale: chooseLocale(this.environment.defaultLocale, context.locale),
        groupLocale: this.environment.defaultLocale,
        now: this.clock.now(),
      });
    } catch (error) {
      this.log.error(`${context.kind} failed`, { effect: context.effectId, group: context.groupId }, error);
      return { kind: 'unknown', problem: redact((error as Error).message) };
    }
  }

  private async settle(context: EffectContext, outcome: Outcome): Promise<JobResult> {
    const { pool } = this.database;
    const problem = 'problem' in outcome ? outcome.problem : null;
    await this.trouble.learn(context, outcome);
    const next = afterwards(outcome, context.attempts);
    if (next.status === 'open') {
      await postponeEffect(pool, context, next.afterMs, outcome.kind, problem);
      return 'deferred';
    }
    const presence = presenceAfter(context.kind, outcome) ?? (await this.look(context, outcome));
    if (presence === 'unanswered') {
      await postponeEffect(pool, context, LOOK_AGAIN_MS, outcome.kind, problem);
      return 'deferred';
    }
    await this.finish(context, next.status, outcome, presence);
    return 'done';
  }

  /** How it ended and what that made true are written together: an end without its consequence would be nobody's work. */
  private async finish(
    context: EffectContext,
    status: 'done' | 'failed',
    outcome: Outcome,
    presence: Presence | undefined,
  ): Promise<void> {
    const problem = 'problem' in outcome ? outcome.problem : null;
    if (status === 'failed') {
      const { kind, effectId: effect, groupId: group } = context;
      this.log.warn(`${kind} was given up: ${problem}`, { effect, group });
    }
    await inTransaction(this.database.pool, async (client) => {
      // The decision takes the member first, too: another order would end in a deadlock with it.
      await client.query('select from members where id = $1 for no key update', [context.memberId]);
      await finishEffect(client, context, status, outcome.kind, problem);
      if (presence) await this.presence.settle(client, context, presence);
    });
  }

  private async look(context: EffectContext, outcome: Outcome): Promise<Presence | 'unanswered' | undefined> {
    const { group, payload, platform, kind } = context;
    if (!needsLook(kind, outcome) || !group.chatId || !payload.userId) return undefined;
    const seen = await this.gateways.of(platform).presence(group.chatId, payload.userId);
    if (seen.kind === 'done') return seen.value;
    return seen.kind === 'flood' || seen.kind === 'unknown' ? 'unanswered' : undefined;
  }
}
