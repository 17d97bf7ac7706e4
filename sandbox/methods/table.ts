// All methods this Telegram knows, by lower-case name: Telegram does not mind how a method name is written.
import * as bot from './bot';
import { answerCallbackQuery } from './callbacks';
import * as chats from './chats';
import * as inviteLinks from './invite-links';
import * as joinRequests from './join-requests';
import * as members from './members';
import * as messages from './messages';
import type { Method } from './method';
import * as pins from './pins';
import type { UpdateMethods } from './updates';

export function methodTable(updates: UpdateMethods): Map<string, Method> {
  const { primaryLinkOfBot: _notAMethod, ...links } = inviteLinks;
  const all: Record<string, Method> = {
    ...updates,
    ...bot,
    ...messages,
    ...pins,
    ...links,
    ...joinRequests,
    ...members,
    ...chats,
    answerCallbackQuery,
  };
  return new Map(Object.entries(all).map(([name, method]) => [name.toLowerCase(), method]));
}
