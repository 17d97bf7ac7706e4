// Control calls for what human administrators do with members, and with the bot.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { addBot } from '../acts/add-bot';
import { admit } from '../acts/admit';
import { dropRequest } from '../acts/join-request';
import { setMember } from '../acts/set-member';
import type { Sandbox } from '../sandbox';
import { isAdmin, isIn } from '../state/member';
import { botIn, memberOf } from '../state/lookup';
import { makeRights, unknownRights, usualRights, type AskedRights } from '../state/rights';
import type { Room } from '../state/room';
import { doer, findGroup, findPerson, idIn, requireIn } from './find';
import { Problem, read } from './problem';
import { viewChat, viewMemberOf } from './views';

const rights = z.union([z.record(z.string(), z.boolean()), z.array(z.string())]).optional();
const aboutMember = z.strictObject({ userId: z.number().int(), byId: z.number().int().optional(), rights });
const banning = aboutMember.extend({ until: z.number().int().nonnegative().default(0) });
const aboutBot = z.strictObject({ byId: z.number().int().optional(), rights });
const addingBot = z.strictObject({ userId: z.number().int().optional(), rights });

export function memberRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.post('/chats/:id/add-bot', async (request) => {
    const room = findGroup(sandbox, idIn(request));
    const asked = read(addingBot, request.body);
    const by = doer(sandbox, room, asked.userId);
    requireIn(sandbox, room, findPerson(sandbox, by));
    if (asked.rights !== undefined && !isAdmin(memberOf(sandbox, room, by))) {
      throw new Problem(409, 'Only the owner and administrators can make the bot an administrator.');
    }
    addBot(sandbox, room, by, checked(asked.rights));
    return viewChat(sandbox, room);
  });

  app.post('/chats/:id/demote-bot', async (request) => {
    const { room, by, asked } = botCall(request.body, idIn(request));
    const userId = sandbox.world.bot.id;
    if (asked === undefined) setMember(sandbox, room, { userId, status: 'member' }, { by });
    else addBot(sandbox, room, by, asked);
    return viewChat(sandbox, room);
  });

  app.post('/chats/:id/remove-bot', async (request) => {
    const { room, by } = botCall(request.body, idIn(request));
    setMember(sandbox, room, { userId: sandbox.world.bot.id, status: 'kicked', until: 0 }, { by });
    return viewChat(sandbox, room);
  });

  app.post('/chats/:id/ban', async (request) => {
    const room = findGroup(sandbox, idIn(request));
    const { userId, byId, until } = read(banning, request.body);
    refuseOwner(sandbox, room, userId);
    const gone =
      room.type === 'group'
        ? ({ userId, status: 'left' } as const)
        : ({ userId, status: 'kicked', until } as const);
    setMember(sandbox, room, gone, { by: doer(sandbox, room, byId) });
    return viewMemberOf(sandbox, room, userId);
  });

  app.post('/chats/:id/unban', async (request) => {
    const { room, userId, by } = memberCall(request.body, idIn(request));
    const banned = memberOf(sandbox, room, userId).status === 'kicked';
    if (banned) setMember(sandbox, room, { userId, status: 'left' }, { by });
    return viewMemberOf(sandbox, room, userId);
  });

  app.post('/chats/:id/add', async (request) => {
    const { room, userId, by } = memberCall(request.body, idIn(request));
    if (!isIn(memberOf(sandbox, room, userId))) {
      setMember(sandbox, room, { userId, status: 'member' }, { by });
    }
    return viewMemberOf(sandbox, room, userId);
  });

  app.post('/chats/:id/promote', async (request) => {
    const { room, userId, by, asked } = memberCall(request.body, idIn(request));
    refuseOwner(sandbox, room, userId);
    requireIn(sandbox, room, findPerson(sandbox, userId));
    const given = asked === undefined ? usualRights() : makeRights(asked);
    setMember(sandbox, room, { userId, status: 'administrator', rights: given, promotedBy: by }, { by });
    return viewMemberOf(sandbox, room, userId);
  });

  app.post('/chats/:id/demote', async (request) => {
    const { room, userId, by } = memberCall(request.body, idIn(request));
    if (memberOf(sandbox, room, userId).status !== 'administrator') {
      throw new Problem(409, 'They are no administrator.');
    }
    setMember(sandbox, room, { userId, status: 'member' }, { by });
    return viewMemberOf(sandbox, room, userId);
  });

  app.post('/chats/:id/approve', async (request) => {
    const { room, userId, by } = memberCall(request.body, idIn(request));
    if (!admit(sandbox, room, userId, by)) throw new Problem(409, 'They have not asked to join.');
    return viewMemberOf(sandbox, room, userId);
  });

  app.post('/chats/:id/decline', async (request) => {
    const { room, userId } = memberCall(request.body, idIn(request));
    if (dropRequest(sandbox, room, userId) === undefined) {
      throw new Problem(409, 'They have not asked to join.');
    }
    return viewMemberOf(sandbox, room, userId);
  });

  function memberCall(body: unknown, chatId: number) {
    const room = findGroup(sandbox, chatId);
    const { userId, byId, rights: asked } = read(aboutMember, body);
    findPerson(sandbox, userId);
    return { room, userId, by: doer(sandbox, room, byId), asked: checked(asked) };
  }

  function botCall(body: unknown, chatId: number) {
    const room = findGroup(sandbox, chatId);
    const { byId, rights: asked } = read(aboutBot, body);
    if (!isIn(botIn(sandbox, room))) throw new Problem(409, `The bot is not in ${room.title}.`);
    return { room, by: doer(sandbox, room, byId), asked: checked(asked) };
  }
}

function refuseOwner(sandbox: Sandbox, room: Room, userId: number): void {
  findPerson(sandbox, userId);
  if (memberOf(sandbox, room, userId).status === 'creator') {
    throw new Problem(409, 'Nobody can touch the owner of a chat.');
  }
}

function checked(asked: AskedRights | undefined): AskedRights | undefined {
  const [strange] = asked === undefined ? [] : unknownRights(asked);
  if (strange !== undefined) throw new Problem(422, `Telegram knows no right called ${strange}.`);
  return asked;
}
