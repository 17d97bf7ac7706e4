// What you do as the person you are, with a sentence about what came of it.
import { post } from './api.js';
import { chooseGroup } from './boxes.js';
import { be, myName, openChat, refresh, showInfo, store } from './store.js';
import { toast } from './toast.js';

export async function openLink(url) {
  if (store.meId === undefined) return;
  let chatId = store.chat !== undefined && store.chat.type !== 'private' ? store.chat.id : undefined;
  if (/[?&]startgroup=/.test(url) && chatId === undefined) {
    chatId = await chooseGroup();
    if (chatId === undefined) return;
  }
  const opened = await post(`/users/${store.meId}/open`, {
    url,
    ...(chatId === undefined ? {} : { chatId }),
  });
  if (opened !== undefined) await tellOutcome(opened);
}

export async function press(message, index, key) {
  key.disabled = true;
  key.classList.add('waiting');
  const pressed = await post(`/users/${store.meId}/press`, {
    chatId: message.chatId,
    messageId: message.id,
    button: index,
  });
  key.disabled = false;
  key.classList.remove('waiting');
  if (pressed === undefined) return;
  if (pressed.kind === 'url') await tellOutcome(pressed);
  else if (!pressed.answered) toast('The bot did not answer the button.', 'bad');
  else if (pressed.text !== undefined && pressed.showAlert) toast(`The bot says: ${pressed.text}`);
  else if (pressed.text !== undefined) toast(pressed.text);
}

export async function say(text) {
  const body = store.open === 'bot' ? { text } : { text, chatId: store.chat.id };
  return post(`/users/${store.meId}/messages`, body);
}

/** A person, a group and the bot in it: enough to see something happen. */
export async function makeCommunity() {
  const names = [
    ['Olga', 'en'],
    ['Ann', 'en'],
    ['Boris', 'ru'],
    ['Chen', 'en'],
  ];
  const people = [];
  for (const [firstName, languageCode] of names)
    people.push(await post('/users', { firstName, languageCode }));
  const chat = await post('/chats', { title: 'Inner circle', ownerId: people[0].id });
  await post(`/chats/${chat.id}/add-bot`, {
    userId: people[0].id,
    rights: ['invite_users', 'restrict_members', 'pin_messages', 'delete_messages'],
  });
  await be(people[0].id);
  await openChat(chat.id);
  showInfo(matchMedia('(min-width: 1081px)').matches);
}

async function tellOutcome({ outcome, chatId, why, url }) {
  await refresh();
  const title = store.chats.find((chat) => chat.id === chatId)?.title ?? 'the chat';
  switch (outcome) {
    case 'started':
      return openChat('bot');
    case 'joined':
      toast(`${myName()} joined ${title}.`);
      return openChat(chatId);
    case 'already':
      toast(`${myName()} is in ${title} already.`);
      return openChat(chatId);
    case 'requested':
      return toast(`${myName()} asked to join ${title}.`);
    case 'added':
      return toast(`The bot is in ${title} now.`);
    case 'expired':
      return toast(`This link lets ${myName()} in no more: ${why}.`, 'bad');
    default:
      return window.open(url, '_blank', 'noopener');
  }
}
