import { makeRoom } from '../../sandbox/acts/make-room';
import { usualRights } from '../../sandbox/state/rights';
import { startSandbox } from '../../sandbox/start-sandbox';
import { answerCalls } from '../processes/answer-calls';

export interface WantedWorld {
  /** Their ids go up from the one after this. */
  firstUserId: number;
  people: number;
  /** Supergroups with the ids that `fillGroups` gives them, in which the bot has the usual rights. */
  groups: number;
}

const calls = { start };
export type SandboxCalls = typeof calls;

/** A Telegram in a process of its own, with people who have pressed Start long ago. */
async function start({ firstUserId, people, groups }: WantedWorld): Promise<{ url: string; token: string }> {
  const { world, url, token } = await startSandbox({ port: 0 });
  for (let id = firstUserId + 1; id <= firstUserId + people; id++) {
    const known = { started: true, blocked: false, deactivated: false, met: true };
    world.people.set(id, { id, firstName: `Person ${id}`, languageCode: 'en', ...known });
  }
  for (let number = 1; number <= groups; number++) {
    const room = makeRoom(-1_000_000_000_000 - number, 'supergroup', `Group ${number}`);
    room.members.set(firstUserId + 1, { userId: firstUserId + 1, status: 'creator' });
    room.members.set(world.bot.id, {
      userId: world.bot.id,
      status: 'administrator',
      rights: usualRights(),
      promotedBy: firstUserId + 1,
    });
    world.rooms.set(room.id, room);
  }
  return { url, token };
}

answerCalls(calls);
