// Letting in and turning away those who asked. Declining bans nobody: they may ask again.
import { admit } from '../acts/admit';
import { dropRequest } from '../acts/join-request';
import type { Sandbox } from '../sandbox';
import { isIn } from '../state/member';
import { memberOf, personOf } from '../state/lookup';
import type { Room } from '../state/room';
import { groupOf, requireRight } from './access';
import type { Method } from './method';
import { integerOf, textOf, type Params } from './params';
import { refuse } from './refusals';

// core.telegram.org/bots/api#answerchatjoinrequestquery: a guard bot answers within ten seconds.
const QUERY_LIVES_MS = 10_000;

export const approveChatJoinRequest: Method = (sandbox, params) => {
  const { room, userId } = requesterOf(sandbox, params);
  if (personOf(sandbox, userId)?.deactivated === true) refuse('requesterGone');
  if (isIn(memberOf(sandbox, room, userId))) refuse('alreadyIn');
  if (!admit(sandbox, room, userId, sandbox.world.bot.id)) refuse('noRequest');
  return true;
};

export const declineChatJoinRequest: Method = (sandbox, params) => {
  const { room, userId } = requesterOf(sandbox, params);
  if (dropRequest(sandbox, room, userId) === undefined) refuse('noRequest');
  return true;
};

export const answerChatJoinRequestQuery: Method = (sandbox, params) => {
  const queryId = textOf(params, 'chat_join_request_query_id') ?? '';
  const result = textOf(params, 'result') ?? '';
  if (!['approve', 'decline', 'queue'].includes(result)) refuse('joinQueryResult');
  for (const room of sandbox.world.rooms.values()) {
    for (const request of room.requests.values()) {
      if (queryId === '' || request.queryId !== queryId) continue;
      if (sandbox.now() - request.at > QUERY_LIVES_MS) refuse('oldJoinQuery');
      delete request.queryId;
      if (result === 'approve') admit(sandbox, room, request.userId, sandbox.world.bot.id);
      if (result === 'decline') dropRequest(sandbox, room, request.userId);
      return true;
    }
  }
  return refuse('oldJoinQuery');
};

function requesterOf(sandbox: Sandbox, params: Params): { room: Room; userId: number } {
  const room = groupOf(sandbox, params, 'requestsInPrivate');
  const userId = integerOf(params, 'user_id') ?? 0;
  if (userId <= 0) refuse('userIdInvalid');
  requireRight(sandbox, room, 'can_invite_users', 'noRightToAdmit');
  if (personOf(sandbox, userId) === undefined) refuse('requesterInvalid');
  return { room, userId };
}
