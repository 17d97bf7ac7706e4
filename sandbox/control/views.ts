// The world as tests and the page read it. Nothing here is Telegram's shape: it says more, and says it plainly.
import type { Sandbox } from '../sandbox';
import { whyShut } from '../acts/make-link';
import { unixTime } from '../sandbox';
import { botIn, memberOf, membersIn } from '../state/lookup';
import { current, type Member } from '../state/member';
import type { Person } from '../state/person';
import type { InviteLink, Room, ServiceNote, StoredMessage } from '../state/room';
import { linkOf } from '../updates/show';

export function viewPerson(person: Person) {
  const { id, firstName, lastName, username, languageCode, started, blocked, deactivated } = person;
  return { id, firstName, lastName, username, languageCode, started, blocked, deactivated };
}

export function viewChatBriefly(sandbox: Sandbox, room: Room) {
  const bot = botIn(sandbox, room);
  const last = [...room.messages.values()].at(-1);
  return {
    id: room.id,
    type: room.type,
    title: room.title,
    memberCount: membersIn(sandbox, room).length,
    deleted: room.deleted,
    migratedTo: room.migratedTo,
    bot: { status: bot.status, rights: bot.status === 'administrator' ? bot.rights : undefined },
    lastMessage: last === undefined ? undefined : viewMessage(sandbox, room, last),
  };
}

export function viewChat(sandbox: Sandbox, room: Room, messageCount = 200) {
  return {
    ...viewChatBriefly(sandbox, room),
    migratedFrom: room.migratedFrom,
    guarded: room.guarded,
    members: [...room.members.values()].map((member) =>
      viewMember(sandbox, room, current(member, unixTime(sandbox))),
    ),
    pins: room.pins.map((id) => ({ messageId: id, text: room.messages.get(id)?.text ?? '' })),
    links: room.links.flatMap((url) => {
      const link = linkOf(sandbox, url);
      return link === undefined ? [] : [viewLink(sandbox, link)];
    }),
    requests: [...room.requests.values()].map((request) => ({
      userId: request.userId,
      name: nameOf(sandbox, request.userId),
      at: new Date(request.at).toISOString(),
      link: request.linkUrl,
    })),
    messages: lastMessages(room, messageCount).map((message) => viewMessage(sandbox, room, message)),
  };
}

export function viewMember(sandbox: Sandbox, room: Room, member: Member) {
  return {
    userId: member.userId,
    name: nameOf(sandbox, member.userId),
    isBot: member.userId === sandbox.world.bot.id,
    status: member.status,
    inChat: member.status === 'restricted' ? member.inChat : undefined,
    rights: member.status === 'administrator' ? member.rights : undefined,
    until: 'until' in member && member.until > 0 ? member.until : undefined,
    cameBy: room.cameBy.get(member.userId),
  };
}

export function viewMemberOf(sandbox: Sandbox, room: Room, userId: number) {
  return viewMember(sandbox, room, memberOf(sandbox, room, userId));
}

export function viewLink(sandbox: Sandbox, link: InviteLink) {
  return {
    url: link.url,
    name: link.name,
    createdBy: link.creatorId,
    byBot: link.creatorId === sandbox.world.bot.id,
    createsJoinRequest: link.asksFirst,
    primary: link.primary,
    revoked: link.revoked,
    expireDate: link.expireDate,
    memberLimit: link.memberLimit,
    inside: [...link.inside],
    pendingRequests: link.pending,
    shut: whyShut(link, unixTime(sandbox)),
  };
}

export function viewMessage(sandbox: Sandbox, room: Room, message: StoredMessage) {
  return {
    id: message.id,
    chatId: room.id,
    fromId: message.fromId,
    from: nameOf(sandbox, message.fromId),
    byBot: message.fromId === sandbox.world.bot.id,
    at: new Date(message.date * 1000).toISOString(),
    editedAt: message.editDate === undefined ? undefined : new Date(message.editDate * 1000).toISOString(),
    text: message.text,
    entities: message.entities,
    buttons: message.keyboard?.inline_keyboard,
    replyTo: message.replyTo,
    silent: message.silent,
    pinned: room.pins.includes(message.id),
    note: message.note === undefined ? undefined : { ...message.note, text: noteText(sandbox, message) },
  };
}

export function nameOf(sandbox: Sandbox, id: number): string {
  const { bot, people } = sandbox.world;
  if (id === bot.id) return bot.firstName;
  const person = people.get(id);
  if (person === undefined) return String(id);
  if (person.deactivated) return 'Deleted Account';
  return [person.firstName, person.lastName].filter(Boolean).join(' ');
}

function noteText(sandbox: Sandbox, message: StoredMessage): string {
  const note = message.note as ServiceNote;
  const by = nameOf(sandbox, message.fromId);
  switch (note.kind) {
    case 'joined': {
      const alone = note.userIds.length === 1 && note.userIds[0] === message.fromId;
      return alone
        ? `${by} joined`
        : `${by} added ${note.userIds.map((id) => nameOf(sandbox, id)).join(', ')}`;
    }
    case 'left':
      return note.userId === message.fromId ? `${by} left` : `${by} removed ${nameOf(sandbox, note.userId)}`;
    case 'pinned':
      return `${by} pinned a message`;
    case 'titled':
      return `${by} renamed the chat to ${note.title}`;
    case 'migrated_to':
      return 'This group became a supergroup';
    case 'migrated_from':
      return 'This supergroup was a group before';
  }
}

function lastMessages(room: Room, count: number): StoredMessage[] {
  return [...room.messages.values()].slice(-count);
}
