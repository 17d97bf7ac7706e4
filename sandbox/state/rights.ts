// Administrator rights and member permissions: their names, usual sets, and the short ids that
// t.me/<bot>?startgroup&admin=… links use. A right that is not in the set is not there.
import type { ChatAdministratorRights, ChatPermissions } from '@grammyjs/types';

export type AdminRights = ChatAdministratorRights;
export type RightName = keyof AdminRights;

// As in supergroups; Telegram leaves the channel-only rights out of their answers.
const NO_RIGHTS: AdminRights = {
  is_anonymous: false,
  can_manage_chat: false,
  can_delete_messages: false,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_pin_messages: false,
  can_manage_topics: false,
  can_manage_tags: false,
  can_send_welcome_messages: false,
};

const RIGHT_NAMES = Object.keys(NO_RIGHTS) as RightName[];

/** Rights as asked for: full names (`can_pin_messages: true`) or short ids (`['pin_messages']`). */
export type AskedRights = Partial<Record<RightName, boolean>> | string[];

/** An administrator always may manage the chat: that is what makes one. */
export function makeRights(asked: AskedRights): AdminRights {
  const wanted = Array.isArray(asked)
    ? new Set(asked.map(fullName))
    : new Set(Object.entries(asked).flatMap(([name, on]) => (on ? [fullName(name)] : [])));
  const rights = { ...NO_RIGHTS, can_manage_chat: true };
  for (const name of RIGHT_NAMES) if (wanted.has(name)) rights[name] = true;
  return rights;
}

/** What a client proposes for a new administrator: all but anonymity and adding further administrators. */
export function usualRights(): AdminRights {
  return makeRights(RIGHT_NAMES.filter((name) => name !== 'is_anonymous' && name !== 'can_promote_members'));
}

export function unknownRights(asked: AskedRights): string[] {
  const names = Array.isArray(asked) ? asked : Object.keys(asked);
  return names.filter((name) => !KNOWN_IN_LINKS.has(fullName(name)));
}

export function sameRights(a: AdminRights, b: AdminRights): boolean {
  return RIGHT_NAMES.every((name) => (a[name] ?? false) === (b[name] ?? false));
}

function fullName(name: string): RightName {
  const full = name === 'anonymous' ? 'is_anonymous' : /^(can|is)_/.test(name) ? name : `can_${name}`;
  return full as RightName;
}

const CHANNEL_ONLY = ['can_post_messages', 'can_edit_messages', 'can_manage_direct_messages'];
const KNOWN_IN_LINKS = new Set<string>([...RIGHT_NAMES, ...CHANNEL_ONLY]);

export type Permissions = Required<ChatPermissions>;

const ALL_PERMISSIONS: Permissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_edit_tag: true,
  can_change_info: false,
  can_invite_users: false,
  can_pin_messages: false,
  can_manage_topics: false,
};

/** A private group as this product wants it: members talk, administrators do the rest. */
export function usualPermissions(): Permissions {
  return { ...ALL_PERMISSIONS };
}

const PERMISSION_NAMES = Object.keys(ALL_PERMISSIONS) as (keyof Permissions)[];

export function makePermissions(asked: ChatPermissions): Permissions {
  const permissions = usualPermissions();
  for (const name of PERMISSION_NAMES) permissions[name] = asked[name] ?? false;
  return permissions;
}

/** True when nothing is taken away that the chat itself allows: then nobody is restricted. */
export function allowsAll(permissions: Permissions, within: Permissions): boolean {
  return PERMISSION_NAMES.every((name) => permissions[name] || !within[name]);
}
