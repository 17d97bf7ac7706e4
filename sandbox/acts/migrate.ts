// A basic group becomes a supergroup: a new chat with a new id and the same people. What belonged to the old id, its
// links above all, does not come along; Telegram documents nothing else.
import type { Sandbox } from '../sandbox';
import type { Room } from '../state/room';
import { linkOf } from '../updates/show';
import { makeRoom } from './make-room';
import { postNote } from './post-message';
import { ownerOf } from '../state/lookup';

export function migrate(sandbox: Sandbox, old: Room): Room {
  const id = -(1_000_000_000_000 + sandbox.world.nextRoomNumber++);
  const room = makeRoom(id, 'supergroup', old.title);
  for (const [userId, member] of old.members) room.members.set(userId, member);
  room.migratedFrom = old.id;
  room.guarded = old.guarded;
  sandbox.world.rooms.set(id, room);
  const by = ownerOf(old) ?? sandbox.world.bot.id;
  postNote(sandbox, old, by, { kind: 'migrated_to', chatId: id });
  old.migratedTo = id;
  old.requests.clear();
  for (const url of old.links) {
    const link = linkOf(sandbox, url);
    if (link !== undefined) Object.assign(link, { revoked: true, pending: 0 });
  }
  postNote(sandbox, room, by, { kind: 'migrated_from', chatId: old.id });
  return room;
}
