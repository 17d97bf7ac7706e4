import { telegramOutcome } from './telegram-outcome.policy';

/** Every refusal that Telegram is known for, with what it means: code, description as it comes, outcome. */
const REFUSALS: [number, string, string][] = [
  [403, 'Forbidden: bot was blocked by the user', 'unreachable'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'unreachable'],
  [403, "Forbidden: bot can't send messages to bots", 'unreachable'],
  [403, "Forbidden: bot can't send messages to the bot", 'unreachable'],
  [403, 'Forbidden: user is deactivated', 'gone person'],
  [400, 'Bad Request: INPUT_USER_DEACTIVATED', 'gone person'],
  [403, 'Forbidden: bot was kicked from the group chat', 'forbidden'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'forbidden'],
  [403, 'Forbidden: bot is not a member of the supergroup chat', 'forbidden'],
  [403, 'Forbidden: bot is not a member of the channel chat', 'forbidden'],
  [403, 'Forbidden: the group chat was deleted', 'gone chat'],
  [400, 'Bad Request: chat not found', 'gone chat'],
  [400, 'Bad Request: CHANNEL_PRIVATE', 'gone chat'],
  [400, 'Bad Request: user is an administrator of the chat', 'protected'],
  [400, 'Bad Request: USER_ADMIN_INVALID', 'protected'],
  [400, "Bad Request: can't remove chat owner", 'protected'],
  [400, "Bad Request: Can't restrict self", 'protected'],
  [400, 'Bad Request: CHAT_ADMIN_REQUIRED', 'forbidden'],
  [400, 'Bad Request: not enough rights', 'forbidden'],
  [400, 'Bad Request: not enough rights to send text messages to the chat', 'forbidden'],
  [400, 'Bad Request: Not enough rights to manage chat invite link', 'forbidden'],
  [400, 'Bad Request: Not enough rights to manage chat join requests', 'forbidden'],
  [400, 'Bad Request: not enough rights to restrict/unrestrict chat member', 'forbidden'],
  [400, 'Bad Request: not enough rights to manage pinned messages in the chat', 'forbidden'],
  [400, 'Bad Request: PIN_RESTRICTED', 'forbidden'],
  [400, 'Bad Request: USER_NOT_PARTICIPANT', 'already'],
  [400, 'Bad Request: USER_ALREADY_PARTICIPANT', 'already'],
  [400, 'Bad Request: HIDE_REQUESTER_MISSING', 'already'],
  [400, 'Bad Request: INVITE_HASH_EXPIRED', 'already'],
  [400, 'Bad Request: PARTICIPANT_ID_INVALID', 'unknown'],
  [400, 'Bad Request: user not found', 'unknown'],
  [400, 'Bad Request: member not found', 'unknown'],
  [400, 'Bad Request: USER_ID_INVALID', 'unknown'],
  [400, 'Bad Request: USERS_TOO_MUCH', 'refused'],
  [400, 'Bad Request: USER_CHANNELS_TOO_MUCH', 'refused'],
  [400, 'Bad Request: CHANNELS_TOO_MUCH', 'refused'],
  [400, 'Bad Request: EXPIRE_DATE_INVALID', 'refused'],
  [400, 'Bad Request: USAGE_LIMIT_INVALID', 'refused'],
  [400, 'Bad Request: message to pin not found', 'gone message'],
  [400, 'Bad Request: message to edit not found', 'gone message'],
  [400, 'Bad Request: Message to unpin not found', 'already'],
  [400, 'Bad Request: CHAT_NOT_MODIFIED', 'already'],
  [
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same',
    'already',
  ],
  [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid', 'already'],
  [400, "Bad Request: can't parse entities: Unsupported start tag", 'refused'],
  [401, 'Unauthorized', 'unknown'],
  [404, 'Not Found', 'unknown'],
  [409, 'Conflict: terminated by other getUpdates request', 'unknown'],
  [500, 'Internal Server Error', 'unknown'],
  [502, 'Bad Gateway', 'unknown'],
  [504, 'Gateway Timeout', 'unknown'],
  [403, 'Forbidden: something nobody has seen yet', 'forbidden'],
];

function meaning(code: number, description: string): string {
  const outcome = telegramOutcome({ code, description });
  return outcome.kind === 'gone' ? `gone ${outcome.what}` : outcome.kind;
}

describe('A refusal of Telegram', () => {
  it.each(REFUSALS)('%i %s → %s', (code, description, expected) => {
    expect(meaning(code, description)).toBe(expected);
  });

  it('means the same in capitals and in small letters, because Telegram mixes them', () => {
    for (const [code, description, expected] of REFUSALS) {
      expect([description, meaning(code, description.toUpperCase())]).toEqual([description, expected]);
      expect([description, meaning(code, description.toLowerCase())]).toEqual([description, expected]);
    }
  });

  it('keeps its own words where somebody may have to read them', () => {
    const description = 'Bad Request: not enough rights to manage chat invite link';

    expect(telegramOutcome({ code: 400, description })).toEqual({ kind: 'forbidden', problem: description });
  });

  it('that says when to come back is obeyed, also when it says hours', () => {
    const flood = (retryAfter?: number) =>
      telegramOutcome({ code: 429, description: `Too Many Requests: retry after ${retryAfter}`, retryAfter });

    expect(flood(7)).toEqual({ kind: 'flood', retryAfterMs: 7000 });
    expect(flood(73_414)).toEqual({ kind: 'flood', retryAfterMs: 73_414_000 });
    expect(flood()).toEqual({ kind: 'flood', retryAfterMs: 1000 });
  });

  it('that names the new id of a chat is a move', () => {
    expect(
      telegramOutcome({
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        migrateToChatId: -1_001_234_567_890_123,
      }),
    ).toEqual({ kind: 'moved', chatId: '-1001234567890123' });
  });
});
