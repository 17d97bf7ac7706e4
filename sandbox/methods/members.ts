// Banning, kicking, restricting and promoting. Asking for what already is so succeeds and tells nobody.
import type { ChatPermissions } from '@grammyjs/types';
import { setMember } from '../acts/set-member';
import { unixTime, type Sandbox } from '../sandbox';
import { isIn, type Member } from '../state/member';
import { hasRight, memberOf, personOf } from '../state/lookup';
import { allowsAll, makePermissions, makeRights, type RightName } from '../state/rights';
import type { Room } from '../state/room';
import { chatOf, groupOf, requireRight } from './access';
import type { Method } from './method';
import { flagOf, integerOf, objectOf, type Params } from './params';
import { refuse, type RefusalName } from './refusals';

const MIN_UNTIL_SECONDS = 30;
const MAX_UNTIL_SECONDS = 366 * 24 * 60 * 60;

export const banChatMember: Method = (sandbox, params) => {
  const { room, target } = targetOf(sandbox, params, 'banInPrivate');
  requireTouchable(sandbox, room, target);
  const until = room.type === 'group' ? 0 : untilOf(sandbox, params);
  // In a basic group there is no list of the banned: a ban merely removes.
  const next: Member =
    room.type === 'group'
      ? { userId: target.userId, status: 'left' }
      : { userId: target.userId, status: 'kicked', until };
  setMember(sandbox, room, next, { by: sandbox.world.bot.id });
  return true;
};

/** Without `only_if_banned` this throws a present member out: Telegram bans and unbans, and so tells of two changes. */
export const unbanChatMember: Method = (sandbox, params) => {
  const { room, target } = targetOf(sandbox, params, 'onlyChannels');
  if (room.type === 'group') refuse('onlyChannels');
  const by = sandbox.world.bot.id;
  const onlyIfBanned = flagOf(params, 'only_if_banned');
  if (onlyIfBanned && target.status !== 'kicked') return true;
  requireTouchable(sandbox, room, target);
  if (isIn(target)) {
    const until = unixTime(sandbox) + 60;
    setMember(sandbox, room, { userId: target.userId, status: 'kicked', until }, { by });
  }
  setMember(sandbox, room, { userId: target.userId, status: 'left' }, { by });
  return true;
};

export const restrictChatMember: Method = (sandbox, params) => {
  const room = chatOf(sandbox, params);
  if (room.type !== 'supergroup') refuse('onlySupergroups');
  const asked = objectOf<ChatPermissions>(params, 'permissions', 'badPermissions');
  if (asked === undefined) refuse('badPermissions');
  const { target } = targetOf(sandbox, params, 'onlySupergroups');
  requireTouchable(sandbox, room, target);
  const permissions = makePermissions(asked);
  const inChat = isIn(target);
  const { userId } = target;
  const free = allowsAll(permissions, room.permissions);
  const next: Member = free
    ? { userId, status: inChat ? 'member' : 'left' }
    : { userId, status: 'restricted', permissions, inChat, until: untilOf(sandbox, params) };
  setMember(sandbox, room, next, { by: sandbox.world.bot.id });
  return true;
};

export const promoteChatMember: Method = (sandbox, params) => {
  const room = chatOf(sandbox, params);
  if (room.type !== 'supergroup') refuse('onlyChannels');
  const { target } = targetOf(sandbox, params, 'onlyChannels');
  const botId = sandbox.world.bot.id;
  if (target.status === 'creator') refuse('removeOwner');
  if (target.userId === botId) refuse('promoteSelf');
  const bot = requireRight(sandbox, room, 'can_promote_members', 'noRights');
  const wanted = Object.keys(params).filter((name) => /^(can|is)_/.test(name) && flagOf(params, name));
  if (wanted.some((name) => !hasRight(bot, name as RightName))) refuse('rightForbidden');
  if (!isIn(target)) refuse('notMutualContact');
  if (target.status === 'administrator' && target.promotedBy !== botId) refuse('adminRequired');
  const { userId } = target;
  const next: Member =
    wanted.length > 0
      ? { userId, status: 'administrator', rights: makeRights(wanted), promotedBy: botId }
      : { userId, status: 'member' };
  setMember(sandbox, room, next, { by: botId });
  return true;
};

function targetOf(sandbox: Sandbox, params: Params, inPrivate: RefusalName): { room: Room; target: Member } {
  const room = groupOf(sandbox, params, inPrivate);
  const userId = integerOf(params, 'user_id') ?? 0;
  if (userId <= 0) refuse('userIdInvalid');
  const person = personOf(sandbox, userId);
  const known = userId === sandbox.world.bot.id || room.members.has(userId) || person?.met === true;
  if (!known) refuse('participantInvalid');
  return { room, target: memberOf(sandbox, room, userId) };
}

/** Nobody bans the owner, itself, or an administrator that somebody else made. */
function requireTouchable(sandbox: Sandbox, room: Room, target: Member): void {
  const botId = sandbox.world.bot.id;
  if (target.status === 'creator') refuse('removeOwner');
  if (target.userId === botId) refuse('restrictSelf');
  requireRight(
    sandbox,
    room,
    'can_restrict_members',
    room.type === 'group' ? 'adminRequired' : 'noRightToRestrict',
  );
  if (target.status === 'administrator' && target.promotedBy !== botId) refuse('isAdmin');
}

/** Less than half a minute or more than 366 days ahead means for ever. */
function untilOf(sandbox: Sandbox, params: Params): number {
  const until = integerOf(params, 'until_date') ?? 0;
  const ahead = until - unixTime(sandbox);
  return ahead < MIN_UNTIL_SECONDS || ahead > MAX_UNTIL_SECONDS ? 0 : until;
}
