import type { User } from '@grammyjs/types';
import type { Holder } from '../../../people/link-account';

export function toHolder(
  user: Pick<User, 'id' | 'first_name' | 'last_name' | 'username' | 'language_code'>,
): Holder {
  return {
    platform: 'telegram',
    platformUserId: String(user.id),
    displayName: [user.first_name, user.last_name].filter(Boolean).join(' '),
    username: user.username,
    locale: user.language_code,
  };
}
