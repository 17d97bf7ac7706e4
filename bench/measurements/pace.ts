import { setTimeout as delay } from 'node:timers/promises';
import { atLeast, atMost, type Results } from '../report/finding';
import { tell } from '../report/print';
import { startApplication } from '../surroundings/application';
import { createDatabase } from '../surroundings/database';
import { fillAccounts, fillBacklog, fillGroups, fillMembers, settle } from '../surroundings/fill';
import {
  type BenchSandbox,
  FIRST_USER_ID,
  type SandboxCall,
  startBenchSandbox,
} from '../surroundings/sandbox';
import { mostInAnySpan, usedShare } from '../sliding-window';
import type { Bench, Measurement } from './measurement';

/** Telegram's limits while there is more to do than they allow, with two processes that share them. */
export const pace: Measurement = {
  name: 'pace',
  about: "Telegram's limits with a backlog and two worker processes, by when calls arrive at the sandbox",
  measure,
};

/** As Telegram publishes them (core.telegram.org/bots/faq); the sandbox knows nothing of how they are kept. */
const PER_SECOND = 30;
const PER_GROUP_AND_MINUTE = 20;
/** Long enough for a group to have its messages of a minute and to go on. */
const WATCHED_SECONDS = 80;
const GROUPS = 3;
/** Each is to be invited to every group, so that messages to one person crowd too. */
const PEOPLE = Math.ceil((PER_SECOND * WATCHED_SECONDS * 1.2) / GROUPS);

async function measure({ stand }: Bench): Promise<Results> {
  tell(`pace: ${PEOPLE * GROUPS} invitations and ${GROUPS} groups with milestones, for ${WATCHED_SECONDS} s`);
  const { client, url } = await createDatabase(stand, 'pace');
  await fillMembers(client, PEOPLE);
  await fillAccounts(client, FIRST_USER_ID);
  await fillGroups(client, GROUPS);
  await fillBacklog(client, GROUPS, FIRST_USER_ID);
  await settle(client);
  const sandbox = await startBenchSandbox(stand, { people: PEOPLE, groups: GROUPS });
  for (let worker = 1; worker <= 2; worker++) {
    await startApplication(stand, {
      DATABASE_URL: url,
      ROLES: 'worker',
      TELEGRAM_BOT_TOKEN: sandbox.token,
      TELEGRAM_API_ROOT: sandbox.url,
    });
  }
  const calls = await watch(sandbox);
  return judge(calls);
}

/** The calls of the watched time, which begins when both workers are in their stride. */
async function watch(sandbox: BenchSandbox): Promise<SandboxCall[]> {
  await delay(1000);
  const from = performance.timeOrigin + performance.now();
  await delay(WATCHED_SECONDS * 1000);
  const calls = await sandbox.calls();
  return calls.filter(({ at }) => at >= from && at < from + WATCHED_SECONDS * 1000);
}

function arrivalsByChat(messages: SandboxCall[]): Map<number, number[]> {
  const byChat = new Map<number, number[]>();
  for (const { params, at } of messages) {
    const chat = params.chat_id!;
    const arrivals = byChat.get(chat);
    if (arrivals) arrivals.push(at);
    else byChat.set(chat, [at]);
  }
  return byChat;
}

function judge(calls: SandboxCall[]): Results {
  const all = calls.map(({ at }) => at);
  const messages = calls.filter(({ method }) => method === 'sendMessage');
  const byChat = arrivalsByChat(messages);
  const inChat = [...byChat.values()];
  const inGroup = [...byChat].filter(([chat]) => chat < 0).map(([, arrivals]) => arrivals);
  const overall = mostInAnySpan(all, 1000);
  const chat = Math.max(...inChat.map((arrivals) => mostInAnySpan(arrivals, 1000)));
  const group = Math.max(...inGroup.map((arrivals) => mostInAnySpan(arrivals, 60_000)));
  const overallUse = all.length / WATCHED_SECONDS / PER_SECOND;
  const groupUse = Math.min(...inGroup.map((arrivals) => usedShare(arrivals, PER_GROUP_AND_MINUTE, 60_000)));
  const refused = calls.filter(({ status }) => status !== 200).length;
  const bound = 'the margin that is kept for calls which arrive late';
  return {
    columns: ['arrived', 'calls', 'a second'],
    rows: [
      ['all calls', `${all.length}`, (all.length / WATCHED_SECONDS).toFixed(1)],
      ['messages', `${messages.length}`, (messages.length / WATCHED_SECONDS).toFixed(1)],
      [
        'messages to groups',
        `${inGroup.flat().length}`,
        (inGroup.flat().length / WATCHED_SECONDS).toFixed(2),
      ],
    ],
    findings: [
      {
        claim: 'calls in any second',
        figure: `at most ${overall}`,
        floor: atMost(PER_SECOND, overall),
        bound,
      },
      {
        claim: 'messages to one chat in any second',
        figure: `at most ${chat}`,
        floor: atMost(1, chat),
        bound,
      },
      {
        claim: 'messages to one group in any minute',
        figure: `at most ${group}`,
        floor: atMost(PER_GROUP_AND_MINUTE, group),
        bound,
      },
      {
        claim: `share of ${PER_SECOND} a second used`,
        figure: overallUse.toFixed(3),
        floor: atLeast(0.9, overallUse),
        bound,
      },
      {
        claim: `share of ${PER_GROUP_AND_MINUTE} a minute in a group used`,
        figure: groupUse.toFixed(3),
        floor: atLeast(0.9, groupUse),
        bound,
      },
    ],
    notes: [`${refused} calls were refused.`],
  };
}
