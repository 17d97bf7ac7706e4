// A simulated person, and the bot itself, as Telegram shows them to a bot.
import type { User } from '@grammyjs/types';

export interface Person {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  languageCode?: string;
  /** The private chat with the bot is open: they pressed Start at least once. */
  started: boolean;
  blocked: boolean;
  /** The account was deleted: the id stays, the person is gone. */
  deactivated: boolean;
  /** The bot has been told of this person; Telegram cannot resolve others for it ("user not found"). */
  met: boolean;
}

export function showUser(person: Person): User {
  const user: User = { id: person.id, is_bot: false, first_name: person.deactivated ? '' : person.firstName };
  if (person.deactivated) return user;
  if (person.lastName !== undefined) user.last_name = person.lastName;
  if (person.username !== undefined) user.username = person.username;
  if (person.languageCode !== undefined) user.language_code = person.languageCode;
  return user;
}
