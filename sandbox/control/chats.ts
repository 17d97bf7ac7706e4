// Control calls about chats: making, looking, and what their human administrators do with the chat itself.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { makeLink } from '../acts/make-link';
import { makeRoom, privateRoom } from '../acts/make-room';
import { migrate } from '../acts/migrate';
import { postMessage } from '../acts/post-message';
import type { Sandbox } from '../sandbox';
import type { Room } from '../state/room';
import { doer, findGroup, findPerson, findRoom, idIn } from './find';
import { Problem, read } from './problem';
import { viewChat, viewChatBriefly, viewLink, viewMessage } from './views';

const newChat = z.strictObject({
  title: z.string().trim().min(1).max(128),
  ownerId: z.number().int(),
  type: z.enum(['group', 'supergroup']).default('supergroup'),
});
const newLink = z.strictObject({
  byId: z.number().int().optional(),
  name: z.string().max(32).optional(),
  createsJoinRequest: z.boolean().default(false),
  memberLimit: z.number().int().min(1).max(99_999).optional(),
  expireDate: z.number().int().positive().optional(),
});
const pinning = z.strictObject({
  byId: z.number().int().optional(),
  text: z.string().trim().min(1).max(4096),
});
const guarding = z.strictObject({ on: z.boolean() });

export function chatRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.post('/chats', async (request, reply) => {
    const asked = read(newChat, request.body);
    const room = addChat(sandbox, asked.title, findPerson(sandbox, asked.ownerId).id, asked.type);
    return reply.status(201).send(viewChat(sandbox, room));
  });

  app.get('/chats', async () => ({
    chats: [...sandbox.world.rooms.values()]
      .filter((room) => room.type !== 'private')
      .map((room) => viewChatBriefly(sandbox, room)),
  }));

  app.get('/chats/:id', async (request) => {
    const { messages } = request.query as { messages?: string };
    const id = idIn(request);
    // A person's private chat with the bot can be looked at before anybody wrote in it.
    const room = sandbox.world.people.has(id) ? privateRoom(sandbox, id) : findRoom(sandbox, id);
    return viewChat(sandbox, room, Number(messages ?? 200));
  });

  app.post('/chats/:id/links', async (request, reply) => {
    const { byId, createsJoinRequest, ...options } = read(newLink, request.body);
    const room = findGroup(sandbox, idIn(request));
    const link = makeLink(sandbox, room, doer(sandbox, room, byId), {
      ...options,
      asksFirst: createsJoinRequest,
    });
    return reply.status(201).send(viewLink(sandbox, link));
  });

  app.post('/chats/:id/pin', async (request, reply) => {
    const { byId, text } = read(pinning, request.body);
    const room = findGroup(sandbox, idIn(request));
    const by = doer(sandbox, room, byId);
    const message = postMessage(sandbox, room, by, { text });
    room.pins.push(message.id);
    postMessage(sandbox, room, by, { note: { kind: 'pinned', messageId: message.id } });
    return reply.status(201).send(viewMessage(sandbox, room, message));
  });

  app.post('/chats/:id/guard', async (request) => {
    const room = findGroup(sandbox, idIn(request));
    room.guarded = read(guarding, request.body).on;
    return viewChat(sandbox, room);
  });

  app.post('/chats/:id/migrate', async (request) => {
    const room = findGroup(sandbox, idIn(request));
    if (room.type !== 'group') throw new Problem(409, `${room.title} is a supergroup already.`);
    return viewChat(sandbox, migrate(sandbox, room));
  });

  app.post('/chats/:id/delete', async (request) => {
    const room = findGroup(sandbox, idIn(request));
    room.deleted = true;
    sandbox.news.tell({ kind: 'chat', id: room.id });
    return viewChat(sandbox, room);
  });
}

function addChat(sandbox: Sandbox, title: string, ownerId: number, type: 'group' | 'supergroup'): Room {
  const number = sandbox.world.nextRoomNumber++;
  const id = type === 'supergroup' ? -(1_000_000_000_000 + number) : -number;
  const room = makeRoom(id, type, title);
  room.members.set(ownerId, { userId: ownerId, status: 'creator' });
  sandbox.world.rooms.set(id, room);
  sandbox.news.tell({ kind: 'chat', id });
  return room;
}
