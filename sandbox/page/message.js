// One message as a bubble, or one of Telegram's notes about the chat.
import { openLink, press } from './acts.js';
import { avatar, clock, h, icon } from './dom.js';
import { isInvite, isTelegramLink, linksIn, richText } from './rich-text.js';
import { myName, store } from './store.js';

export function messageElement(message, previous, find) {
  if (message.note) return h('li', { class: 'note', 'data-id': String(message.id) }, message.note.text);
  const mine = message.fromId === store.meId;
  const follows = previous !== undefined && !previous.note && previous.fromId === message.fromId;
  const inPrivate = message.chatId > 0;
  const replied = message.replyTo === undefined ? undefined : find(message.replyTo);
  const bubble = h(
    'div',
    { class: 'bubble' },
    mine || follows || inPrivate
      ? undefined
      : h(
          'span',
          { class: 'author' },
          message.from,
          message.byBot ? h('span', { class: 'chip good' }, 'bot') : undefined,
        ),
    replied === undefined
      ? undefined
      : h(
          'button',
          { class: 'quote', type: 'button', onclick: () => scrollTo(replied.id) },
          replied.text ?? '…',
        ),
    richText(message.text ?? '', message.entities, (url) => void openLink(url)),
    meta(message),
  );
  return h(
    'li',
    {
      class: ['message', mine && 'mine', follows && 'follows'].filter(Boolean).join(' '),
      'data-id': String(message.id),
    },
    mine || inPrivate ? undefined : avatar(message.from, message.fromId, { small: true, bot: message.byBot }),
    h('div', { class: 'message-body' }, bubble, joinKeys(message), keyboard(message)),
  );
}

export function scrollTo(id) {
  const element = document.querySelector(`.messages [data-id="${id}"]`);
  if (element === null) return;
  element.scrollIntoView({ block: 'center', behavior: 'smooth' });
  element.classList.remove('found');
  void element.offsetWidth;
  element.classList.add('found');
}

function meta(message) {
  return h(
    'span',
    { class: 'meta' },
    message.pinned ? icon('pin') : undefined,
    message.editedAt ? ' edited ' : ' ',
    h('time', { datetime: message.at, title: new Date(message.at).toLocaleString() }, clock(message.at)),
  );
}

/** Invite links that only stand in the text get a button, as Telegram shows one. */
function joinKeys(message) {
  const invites = [...new Set(linksIn(message).filter(isInvite))];
  if (invites.length === 0) return undefined;
  return h(
    'div',
    { class: 'keys' },
    ...invites.map((url) =>
      h('button', { class: 'key', type: 'button', onclick: () => void openLink(url) }, `Join as ${myName()}`),
    ),
  );
}

function keyboard(message) {
  if (!message.buttons) return undefined;
  let index = 0;
  return h(
    'div',
    { class: 'keys' },
    ...message.buttons.map((row) =>
      h('div', { class: 'keys-row' }, ...row.map((button) => key(message, button, index++))),
    ),
  );
}

function key(message, button, index) {
  if (button.url !== undefined && !isTelegramLink(button.url)) {
    const mark = h('span', { class: 'key-mark', 'aria-hidden': 'true' }, '↗');
    return h(
      'a',
      { class: 'key', href: button.url, target: '_blank', rel: 'noopener noreferrer' },
      button.text,
      mark,
    );
  }
  const title = button.url ?? button.callback_data ?? '';
  const onclick = (event) => void press(message, index, event.currentTarget);
  return h('button', { class: 'key', type: 'button', title, onclick }, button.text);
}
