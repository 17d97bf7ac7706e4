import type { Update } from '@grammyjs/types';

/** Updates of one lane must be handled in their order: those about one person, or of a chat when nobody is named. */
export function updateLane(update: Update): string {
  const person =
    update.message?.from ??
    update.callback_query?.from ??
    update.chat_member?.new_chat_member.user ??
    update.chat_join_request?.from;
  if (person) return `person:${person.id}`;
  const chat = update.my_chat_member?.chat ?? update.message?.chat;
  return chat ? `chat:${chat.id}` : 'others';
}
