// Control calls about people: making them, and everything they themselves do.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { askToJoin } from '../acts/join-request';
import { setMember } from '../acts/set-member';
import { setBlocked, write, writeToBot } from '../acts/person-writes';
import type { Sandbox } from '../sandbox';
import { memberOf } from '../state/lookup';
import { isIn } from '../state/member';
import type { Person } from '../state/person';
import { findGroup, findPerson, findRoom, idIn, requireIn } from './find';
import { openLink } from './open';
import { pressButton } from './press';
import { Problem, read } from './problem';
import { viewMessage, viewPerson } from './views';

const newPerson = z.strictObject({
  id: z.number().int().positive().optional(),
  firstName: z.string().trim().min(1).max(64),
  lastName: z.string().max(64).optional(),
  username: z
    .string()
    .regex(/^[A-Za-z]\w{3,31}$/, 'a username has 4 to 32 letters, digits or underscores')
    .optional(),
  languageCode: z.string().min(2).max(8).optional(),
});
const opening = z.strictObject({ url: z.string().min(1), chatId: z.number().int().optional() });
const writing = z.strictObject({
  text: z.string().trim().min(1).max(4096),
  chatId: z.number().int().optional(),
  replyTo: z.number().int().optional(),
});
const pressing = z.strictObject({
  messageId: z.number().int(),
  button: z.union([z.number().int().nonnegative(), z.string().min(1)]),
  chatId: z.number().int().optional(),
});
const inChat = z.strictObject({ chatId: z.number().int() });

export function userRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.post('/users', async (request, reply) => {
    const asked = read(newPerson, request.body);
    const person = addPerson(sandbox, asked);
    return reply.status(201).send(viewPerson(person));
  });

  app.get('/users', async () => ({ users: [...sandbox.world.people.values()].map(viewPerson) }));

  app.get('/users/:id', async (request) => viewPerson(findPerson(sandbox, idIn(request))));

  app.get('/users/:id/inbox', async (request) => {
    const person = findPerson(sandbox, idIn(request));
    const room = sandbox.world.rooms.get(person.id);
    const fromBot = [...(room?.messages.values() ?? [])].filter(
      (message) => message.fromId === sandbox.world.bot.id && message.note === undefined,
    );
    return {
      messages: room === undefined ? [] : fromBot.map((message) => viewMessage(sandbox, room, message)),
    };
  });

  app.post('/users/:id/open', async (request) => {
    const { url, chatId } = read(opening, request.body);
    return openLink(sandbox, active(findPerson(sandbox, idIn(request))), url, chatId);
  });

  app.post('/users/:id/messages', async (request, reply) => {
    const { text, chatId, replyTo } = read(writing, request.body);
    const person = active(findPerson(sandbox, idIn(request)));
    if (chatId === undefined || chatId === person.id) {
      if (person.blocked) {
        throw new Problem(409, `${person.firstName} has blocked the bot: unblock it first.`);
      }
      const message = writeToBot(sandbox, person, text, replyTo);
      return reply.status(201).send(viewMessage(sandbox, findRoom(sandbox, person.id), message));
    }
    const room = findGroup(sandbox, chatId);
    requireIn(sandbox, room, person);
    const member = memberOf(sandbox, room, person.id);
    if (member.status === 'restricted' && !member.permissions.can_send_messages) {
      throw new Problem(409, `${person.firstName} is not allowed to write in ${room.title}.`);
    }
    return reply.status(201).send(viewMessage(sandbox, room, write(sandbox, person, room, text, replyTo)));
  });

  app.post('/users/:id/press', async (request) => {
    const { messageId, button, chatId } = read(pressing, request.body);
    const person = active(findPerson(sandbox, idIn(request)));
    return pressButton(sandbox, person, chatId ?? person.id, messageId, button);
  });

  app.post('/users/:id/leave', async (request) => {
    const { chatId } = read(inChat, request.body);
    const person = findPerson(sandbox, idIn(request));
    const room = findGroup(sandbox, chatId);
    requireIn(sandbox, room, person);
    const member = memberOf(sandbox, room, person.id);
    if (member.status === 'creator') {
      throw new Problem(409, 'The owner cannot leave: the chat would have none.');
    }
    const next =
      member.status === 'restricted'
        ? { ...member, inChat: false }
        : ({ userId: person.id, status: 'left' } as const);
    setMember(sandbox, room, next, { by: person.id });
    return viewPerson(person);
  });

  app.post('/users/:id/ask', async (request) => {
    const { chatId } = read(inChat, request.body);
    const person = active(findPerson(sandbox, idIn(request)));
    const room = findGroup(sandbox, chatId);
    if (isIn(memberOf(sandbox, room, person.id))) return { outcome: 'already', chatId };
    askToJoin(sandbox, room, person.id);
    return { outcome: 'requested', chatId };
  });

  app.post('/users/:id/block', async (request) => {
    const person = findPerson(sandbox, idIn(request));
    setBlocked(sandbox, person, true);
    return viewPerson(person);
  });

  app.post('/users/:id/unblock', async (request) => {
    const person = findPerson(sandbox, idIn(request));
    setBlocked(sandbox, person, false);
    return viewPerson(person);
  });

  app.post('/users/:id/deactivate', async (request) => {
    const person = findPerson(sandbox, idIn(request));
    person.deactivated = true;
    sandbox.news.tell({ kind: 'person', id: person.id });
    return viewPerson(person);
  });
}

function addPerson(sandbox: Sandbox, asked: z.infer<typeof newPerson>): Person {
  const { world } = sandbox;
  if (asked.id !== undefined && (world.people.has(asked.id) || asked.id === world.bot.id)) {
    throw new Problem(409, `There is somebody with id ${asked.id} already.`);
  }
  while (asked.id === undefined && world.people.has(world.nextPersonId)) world.nextPersonId += 1;
  const id = asked.id ?? world.nextPersonId++;
  const person: Person = { ...asked, id, started: false, blocked: false, deactivated: false, met: false };
  world.people.set(id, person);
  sandbox.news.tell({ kind: 'person', id });
  return person;
}

function active(person: Person): Person {
  if (person.deactivated) throw new Problem(409, `${person.firstName} deleted their account.`);
  return person;
}
