// Opening any link as a person, and what came of it.
import { addBotByLink } from '../acts/add-bot';
import { openInvite, openStart, readLink } from '../acts/open-link';
import type { Sandbox } from '../sandbox';
import { isAdmin } from '../state/member';
import { memberOf } from '../state/lookup';
import type { Person } from '../state/person';
import { unknownRights } from '../state/rights';
import { findGroup, requireIn } from './find';
import { Problem } from './problem';

export interface OpenOutcome {
  outcome: 'started' | 'joined' | 'requested' | 'expired' | 'already' | 'added' | 'elsewhere';
  chatId?: number;
  messageId?: number;
  why?: string;
  /** A link that leaves Telegram: whoever asked may follow it. */
  url?: string;
}

export function openLink(sandbox: Sandbox, person: Person, url: string, chatId?: number): OpenOutcome {
  const link = readLink(url);
  if (link === undefined) return { outcome: 'elsewhere', url };
  if (link.kind === 'invite') return openInvite(sandbox, person, link.url);
  const name = link.kind === 'profile' ? link.username : link.bot;
  if (name.toLowerCase() !== sandbox.world.bot.username.toLowerCase()) {
    throw new Problem(404, `The sandbox has no @${name}; its bot is @${sandbox.world.bot.username}.`);
  }
  if (link.kind === 'profile') return openStart(sandbox, person, '');
  if (!/^[A-Za-z0-9_-]{0,64}$/.test(link.payload)) {
    throw new Problem(422, 'A payload has at most 64 letters, digits, dashes and underscores.');
  }
  if (link.kind === 'start') return openStart(sandbox, person, link.payload);
  if (chatId === undefined) throw new Problem(422, 'Say into which chat the bot goes with "chatId".');
  const room = findGroup(sandbox, chatId);
  requireIn(sandbox, room, person);
  if (link.rights !== undefined) {
    const [strange] = unknownRights(link.rights);
    if (strange !== undefined) throw new Problem(422, `Telegram knows no right called ${strange}.`);
    if (!isAdmin(memberOf(sandbox, room, person.id))) {
      throw new Problem(409, `${person.firstName} may not make administrators in ${room.title}.`);
    }
  }
  addBotByLink(sandbox, person, room, link.payload, link.rights);
  return { outcome: 'added', chatId };
}
