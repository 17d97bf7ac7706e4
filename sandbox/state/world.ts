// Everything the sandbox knows, as plain data, so that it can be written to a file and read back as it is.
import type { BotCommand, Update } from '@grammyjs/types';
import type { AdminRights } from './rights';
import type { InviteLink, Room } from './room';
import type { Person } from './person';

export interface Bot {
  id: number;
  token: string;
  username: string;
  firstName: string;
  commands: Map<string, BotCommand[]>;
  defaultRights?: AdminRights;
}

export interface Webhook {
  url: string;
  secret?: string;
  maxConnections: number;
  lastErrorDate?: number;
  lastErrorMessage?: string;
}

export interface PendingUpdate {
  update: Update;
  at: number;
}

export interface CallbackPress {
  id: string;
  userId: number;
  at: number;
  answer?: { text?: string; showAlert: boolean; url?: string };
}

export interface World {
  bot: Bot;
  people: Map<number, Person>;
  rooms: Map<number, Room>;
  links: Map<string, InviteLink>;
  presses: Map<string, CallbackPress>;
  updates: PendingUpdate[];
  /** Undefined: never said, which means everything but the kinds that must be asked for. */
  allowedUpdates?: string[];
  webhook?: Webhook;
  nextUpdateId: number;
  nextPersonId: number;
  nextRoomNumber: number;
  /** Private chats and basic groups draw their message ids from one row of numbers, supergroups each from their own. */
  lastSharedMessageId: number;
  /** How far a test has moved the clock, in milliseconds. */
  clockOffset: number;
}

export function makeWorld(token: string, username: string): World {
  return {
    bot: {
      id: Number(token.split(':')[0]),
      token,
      username,
      firstName: 'karmagate sandbox',
      commands: new Map(),
    },
    people: new Map(),
    rooms: new Map(),
    links: new Map(),
    presses: new Map(),
    updates: [],
    nextUpdateId: 700_000_001,
    // Real ids have outgrown 32 bits: so do these.
    nextPersonId: 7_000_000_001,
    nextRoomNumber: 4_000_000_001,
    lastSharedMessageId: 0,
    clockOffset: 0,
  };
}
