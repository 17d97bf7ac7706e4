import type { NotDone } from '../outcome';

/** A refusal of the Bot API as it came. */
export interface TelegramRefusal {
  code: number;
  description: string;
  retryAfter?: number | undefined;
  migrateToChatId?: number | undefined;
}

type Meaning = (description: string) => NotDone;

const already: Meaning = () => ({ kind: 'already' });
const unreachable: Meaning = () => ({ kind: 'unreachable' });
const forbidden: Meaning = (problem) => ({ kind: 'forbidden', problem });
const isProtected: Meaning = (problem) => ({ kind: 'protected', problem });
const unknown: Meaning = (problem) => ({ kind: 'unknown', problem });
const refused: Meaning = (problem) => ({ kind: 'refused', problem });
const gone =
  (what: 'chat' | 'person' | 'message'): Meaning =>
  (problem) => ({ kind: 'gone', what, problem });

/**
 * What Telegram's texts mean, the first that fits counts. Telegram documents none of them; they come from its server's
 * source and from what has been seen. Case differs between them.
 */
const meanings: readonly (readonly [text: RegExp, meaning: Meaning])[] = [
  [
    /bot was blocked by the user|bot can't initiate conversation|can't send messages to (the )?bots?/i,
    unreachable,
  ],
  [/user is deactivated|INPUT_USER_DEACTIVATED/i, gone('person')],
  [/bot was kicked from|bot is not a member of/i, forbidden],
  [/chat was deleted|chat not found|CHANNEL_PRIVATE|CHANNEL_INVALID/i, gone('chat')],
  [
    /user is an administrator of the chat|USER_ADMIN_INVALID|can't (remove|restrict|ban) (the )?chat owner|can't restrict self/i,
    isProtected,
  ],
  [/HIDE_REQUESTER_MISSING|USER_ALREADY_PARTICIPANT|USER_NOT_PARTICIPANT|INVITE_HASH_EXPIRED/i, already],
  [/CHAT_NOT_MODIFIED|message is not modified|message to unpin not found/i, already],
  [/message to (pin|edit|delete|reply)( \w+)? ?not found/i, gone('message')],
  [/query is too old|query ID is invalid/i, already],
  [
    /CHAT_ADMIN_REQUIRED|not enough rights|need administrator rights|PIN_RESTRICTED|CHAT_WRITE_FORBIDDEN/i,
    forbidden,
  ],
  [/USERS_TOO_MUCH|CHANNELS_TOO_MUCH/i, refused],
  [/PARTICIPANT_ID_INVALID|user not found|member not found|USER_ID_INVALID/i, unknown],
];

/** The outcome that a refusal stands for. A 400 nobody knows is our mistake; a 5xx may have been
 * done; a token that is not valid (401, 404) or a second poller (409) says nothing of the call: it waits. */
export function telegramOutcome(refusal: TelegramRefusal): NotDone {
  const { code, description, retryAfter, migrateToChatId } = refusal;
  if (code === 429) return { kind: 'flood', retryAfterMs: (retryAfter ?? 1) * 1000 };
  if (migrateToChatId !== undefined) return { kind: 'moved', chatId: String(migrateToChatId) };
  const known = meanings.find(([text]) => text.test(description));
  if (known) return known[1](description);
  if (code >= 500 || code === 401 || code === 404 || code === 409) return unknown(description);
  if (code === 403) return forbidden(description);
  return refused(description);
}
