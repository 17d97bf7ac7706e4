// Somebody brings the bot into a group, as an ordinary member or straight away as an administrator.
import type { Sandbox } from '../sandbox';
import { isIn, type Member } from '../state/member';
import { botIn } from '../state/lookup';
import { makeRights, type AskedRights } from '../state/rights';
import type { Person } from '../state/person';
import type { Room } from '../state/room';
import { write } from './person-writes';
import { setMember } from './set-member';

export function addBot(sandbox: Sandbox, room: Room, byId: number, rights?: AskedRights): void {
  const userId = sandbox.world.bot.id;
  const already = isIn(botIn(sandbox, room));
  if (rights === undefined && already) return;
  const next: Member =
    rights === undefined
      ? { userId, status: 'member' }
      : { userId, status: 'administrator', rights: makeRights(rights), promotedBy: byId };
  setMember(sandbox, room, next, { by: byId });
}

/** As a ?startgroup link does it: the bot comes in with the rights asked for, then hears the payload in the group. */
export function addBotByLink(
  sandbox: Sandbox,
  person: Person,
  room: Room,
  payload: string,
  rights?: AskedRights,
): void {
  addBot(sandbox, room, person.id, rights);
  const command = `/start@${sandbox.world.bot.username}`;
  if (payload !== '') write(sandbox, person, room, `${command} ${payload}`);
}
