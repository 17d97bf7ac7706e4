import { setTimeout as wait } from 'node:timers/promises';
import { LinkAccount } from '../../src/people/link-account';
import { ADMIN_TOKEN, type TestApplication } from './application';
import type { ChaosMember, ChaosModel, SentEvent } from './chaos-model';
import type { Community, TestGroup } from './community';
import { http, type HttpCall } from './http';
import type { Fault } from './telegram-side';
import { wipeQueue } from './wipe-queue';

/** These are loved by all and never leave: humans ban and promote them, so that no removal of ours is under way. */
const PILLARS = 6;
const LOVED = 100_000;

const FAULTS: Fault[] = [
  { kind: 'error', code: 500, times: 2 },
  { kind: 'badBody', code: 502 },
  { kind: 'lostReply' },
  { kind: 'reset', times: 2 },
  { kind: 'slow', delayMs: 700 },
  { kind: 'flood', method: 'sendMessage', retryAfter: 1 },
  { kind: 'timeout', delayMs: 6000 },
];

/** More would only show how long one waits who has failed again and again. */
const MOST_TERMINATIONS = 2;

/** Every connection of the application, as when a proxy between it and the database restarts. */
const TERMINATE = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name like 'karmagate%'`;

/** One random deed of somebody, every time it is called; what it must lead to is noted in the model. */
export function makeMischief(
  app: TestApplication,
  community: Community,
  model: ChaosModel,
  next: (below: number) => number,
  urls: readonly string[],
): () => Promise<void> {
  const one = <T>(list: readonly T[]): T => list[next(list.length)]!;
  const pillars = model.members.filter((_, index) => index % 7 === 0).slice(0, PILLARS);
  const others = model.members.filter((member) => !pillars.includes(member));
  const busy = new Set<string>();
  let serial = 0;
  let terminations = 0;

  /** As long as there is no answer to rely on, the same is asked again, of any replica. */
  const call = async <Body>(path: string, options: HttpCall): Promise<Body> => {
    for (;;) {
      const answer = await http<Body>(`${one(urls)}${path}`, options);
      if (answer.status < 500) return answer.body;
      await wait(100);
    }
  };
  const site = <Body>(path: string, options: HttpCall) =>
    call<Body>(path, { bearer: community.sourceKey, ...options });
  /** An event whose first answer was lost is a duplicate of itself the second time. */
  const post = async (events: SentEvent[]) => {
    const { results } = await site<{ results: { status: string }[] }>('/v1/events', { body: events });
    return results.map(({ status }) => status);
  };
  const isCounted = (status: string | undefined) => status === 'accepted' || status === 'duplicate';
  const earn = async () => {
    const events = Array.from({ length: 1 + next(5) }, () => {
      const member = one(model.members);
      const delta = pillars.includes(member) ? LOVED : one([60, 40, 25, -25, -40, 120, -90]);
      return { id: `chaos-${++serial}`, member: member.externalId, delta };
    });
    const statuses = await post(events);
    if (!statuses.every(isCounted)) throw new Error(`Refused: ${statuses.join()}.`);
    for (const event of events) model.count(event);
    model.sent.push(...events);
  };
  const repeat = async () => {
    if (model.sent.length === 0) return;
    const event = one(model.sent);
    const statuses = await post([event, { ...event, delta: event.delta + 1 }]);
    if (statuses.join() !== 'duplicate,conflict') throw new Error(`A repeated event was ${statuses.join()}.`);
  };
  const reverse = async () => {
    const event = model.sent.find(({ id, delta }) => !model.reversed.has(id) && delta < LOVED);
    if (!event) return;
    model.reversed.add(event.id);
    const reversal = {
      id: `${event.id}-undone`,
      member: event.member,
      reverses: event.id,
      delta: -event.delta,
    };
    const [status] = await post([reversal]);
    if (!isCounted(status)) throw new Error(`A reversal was ${status}.`);
    model.count(reversal);
  };

  /** People do one thing at a time in one place. */
  const alone = async (member: ChaosMember, group: TestGroup, deed: () => Promise<unknown>) => {
    const place = `${member.userId} ${group.chatId}`;
    if (busy.has(place)) return;
    busy.add(place);
    try {
      await deed();
    } finally {
      busy.delete(place);
    }
  };
  const knock = (member: ChaosMember, group: TestGroup) =>
    alone(member, group, async () => {
      await community.people.open(member.userId, await app.telegram.joinLink(group.chatId));
    });
  const leave = (member: ChaosMember, group: TestGroup) =>
    alone(member, group, async () => {
      if (!(await app.telegram.isIn(group.chatId, member.userId))) return;
      await app.telegram.act(`users/${member.userId}/leave`, { chatId: group.chatId }).catch(ifTooLate);
    });
  const govern = (member: ChaosMember, group: TestGroup) =>
    alone(member, group, async () => {
      const about = { userId: member.userId };
      const place = `${member.userId} ${group.chatId}`;
      const status = await app.telegram.status(group.chatId, member.userId);
      const chat = `chats/${group.chatId}`;
      if (status === 'kicked') {
        await app.telegram.act(`${chat}/unban`, about);
        model.banned.delete(place);
      } else if (status === 'administrator') await app.telegram.act(`${chat}/demote`, about);
      else if (status === 'member' && next(2) === 0) await app.telegram.act(`${chat}/promote`, about);
      else if (status === 'member') {
        await app.telegram.act(`${chat}/ban`, about);
        model.banned.add(place);
      }
    });
  const relink = (member: ChaosMember) =>
    alone(member, model.groups[0]!, async () => {
      const path = `/v1/members/${member.externalId}`;
      if (member.linked) {
        member.linked = false;
        await site(`${path}/accounts/telegram`, { method: 'DELETE' });
        return;
      }
      const { url } = await site<{ url: string }>(`${path}/tickets`, { body: {} });
      const token = new URL(url).searchParams.get('start')!;
      const holder = {
        platform: 'telegram',
        platformUserId: String(member.userId),
        displayName: member.externalId,
      };
      const links = app.application.get(LinkAccount, { strict: false });
      let view = await links.confirm(token, holder).catch(() => undefined);
      while (!view) {
        await wait(100);
        view = await links.confirm(token, holder).catch(() => undefined);
      }
      // The clock of the storm may have run past the ticket: they stay unlinked until the next attempt.
      if (view.verdict === 'expired') return;
      if (!['valid', 'already_linked'].includes(view.verdict)) {
        throw new Error(`${member.externalId} could not be linked again: ${view.verdict}.`);
      }
      member.linked = true;
    });
  const legislate = async () => {
    const index = next(model.groups.length);
    const admitAt = next(220);
    const rule = { ...model.rules[index]!, admitAt, keepAt: admitAt - next(60) };
    await alone(pillars[0]!, { ...model.groups[index]!, chatId: index }, async () => {
      const path = `/v1/groups/${model.groups[index]!.id}/rule`;
      await call(path, { method: 'PUT', bearer: ADMIN_TOKEN, body: rule });
      model.rules[index] = rule;
    });
  };

  const terminate = async () => {
    if (terminations++ < MOST_TERMINATIONS) await app.pool.query(TERMINATE);
  };

  const deeds: [weight: number, deed: () => Promise<unknown>][] = [
    [40, earn],
    [5, repeat],
    [5, reverse],
    [30, () => knock(one(model.members), one(model.groups))],
    [8, () => leave(one(others), one(model.groups))],
    [6, () => govern(one(pillars), one(model.groups))],
    [4, () => relink(one(others))],
    [4, legislate],
    [3, () => app.telegram.act(`users/${one(others).userId}/${one(['block', 'unblock'])}`)],
    [6, () => app.telegram.fault(one(FAULTS))],
    [3, () => wipeQueue(app)],
    [1, terminate],
    [6, async () => app.clock.forward({ minutes: next(50) })],
  ];
  const total = deeds.reduce((sum, [weight]) => sum + weight, 0);
  return async () => {
    let ticket = next(total);
    for (const [weight, deed] of deeds) {
      ticket -= weight;
      if (ticket < 0) return void (await deed());
    }
  };
}

/** Whoever was about to leave may have been removed a moment before. */
function ifTooLate(error: Error): void {
  if (!/is not in/.test(error.message)) throw error;
}
