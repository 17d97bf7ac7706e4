// The open chat in the middle. Messages are kept by id, so that news changes only what it must.
import { makeCommunity, say } from './acts.js';
import { post } from './api.js';
import { makePerson } from './chat-list.js';
import { avatar, day, h, icon, iconButton, memberCount, renderInto } from './dom.js';
import { messageElement, scrollTo } from './message.js';
import { amIn, be, me, myMembership, myName, openChat, showInfo, store } from './store.js';

const root = document.getElementById('chat');
const head = h('header', { class: 'chat-head' });
const pinned = h('div', {});
const list = h('ol', { class: 'messages', 'aria-label': 'Messages', tabindex: '0' });
const foot = h('div', {});

let shownKey = '';
let shown = new Map();
let pinAt = 0;

export function renderChat() {
  const { chat } = store;
  const open = me() !== undefined && (chat !== undefined || store.open === 'bot');
  if (!open) return renderEmpty();
  if (!root.contains(list)) {
    root.dataset.signature = '';
    root.replaceChildren(head, pinned, list, foot);
  }
  renderHead(chat);
  renderPinned(chat);
  renderFoot(chat);
  // Last: how much room is left for messages decides how far down the end is.
  renderMessages(chat);
}

function renderEmpty() {
  const nobody = store.users.length === 0;
  renderInto(root, ['empty', nobody, store.chats.length], () =>
    h(
      'div',
      { class: 'empty' },
      h('img', { src: 'favicon.svg', alt: '', width: '72', height: '72' }),
      h('h2', {}, nobody ? 'Nobody is here yet' : 'Open a chat'),
      h(
        'p',
        {},
        nobody
          ? 'Make people and groups, then be any of them: write to the bot, press its buttons, follow its links.'
          : 'Choose one on the left, or be somebody else and see what they see.',
      ),
      nobody
        ? h(
            'div',
            { class: 'button-row' },
            h(
              'button',
              { class: 'button primary', onclick: () => void makeCommunity() },
              'Make a small community',
            ),
            h('button', { class: 'button', onclick: () => void makePerson() }, 'Make one person'),
          )
        : undefined,
    ),
  );
  shownKey = '';
}

function renderHead(chat) {
  const { bot } = store.info;
  const isPrivate = store.open === 'bot';
  renderInto(
    head,
    [chat?.title, chat?.memberCount, chat?.type, chat?.deleted, store.open, store.showInfo, me()],
    () => [
      h(
        'span',
        { class: 'only-phone' },
        iconButton('back', 'Back to the chats', () => void openChat(undefined)),
      ),
      isPrivate ? avatar(bot.name, bot.id, { bot: true }) : avatar(chat.title, chat.id, { group: true }),
      h(
        'div',
        { class: 'chat-head-text' },
        h('h2', {}, isPrivate ? bot.name : chat.title),
        h(
          'p',
          { class: 'muted small' },
          isPrivate ? `@${bot.username}, as ${myName()} sees it` : groupLine(chat),
        ),
      ),
      isPrivate ? undefined : iconButton('people', 'About this chat', () => showInfo(!store.showInfo)),
    ],
  );
}

function groupLine(chat) {
  const kind = chat.type === 'group' ? 'basic group' : 'supergroup';
  return `${kind} · ${memberCount(chat)} · ${chat.id}`;
}

/** Each click goes to the pin before, as in Telegram, and begins again with the newest. */
function renderPinned(chat) {
  const pins = chat?.pins ?? [];
  if (pins.length === 0) return renderInto(pinned, [], () => []);
  pinAt %= pins.length;
  const current = pins.length - 1 - pinAt;
  const pin = pins[current];
  renderInto(pinned, [pins, current], () =>
    h(
      'button',
      {
        class: 'pinned',
        type: 'button',
        'data-focus': 'pin',
        onclick: () => {
          scrollTo(pin.messageId);
          pinAt += 1;
          renderPinned(store.chat);
        },
      },
      h(
        'span',
        { class: 'pinned-marks', 'aria-hidden': 'true' },
        ...pins.slice(-6).map((_, at, six) => {
          const on = at === six.length - 1 - Math.min(pinAt, six.length - 1);
          return h('span', { class: on ? 'on' : '' });
        }),
      ),
      h(
        'span',
        { class: 'pinned-text' },
        h('b', {}, pins.length === 1 ? 'Pinned message' : `Pinned message ${current + 1} of ${pins.length}`),
        h('span', {}, pin.text),
      ),
      icon('pin'),
    ),
  );
}

function renderMessages(chat) {
  const key = `${store.open} ${store.meId}`;
  const fresh = key !== shownKey;
  if (fresh) {
    shownKey = key;
    shown = new Map();
    pinAt = 0;
    list.replaceChildren();
  }
  const messages = chat?.messages ?? [];
  const atEnd = fresh || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const byId = new Map(messages.map((message) => [message.id, message]));
  const next = new Map();
  const elements = [];
  messages.forEach((message, at) => {
    const previous = messages[at - 1];
    if (previous === undefined || day(previous.at) !== day(message.at)) elements.push(dayElement(message.at));
    const signature = JSON.stringify([message, previous?.fromId, previous?.note !== undefined]);
    const before = shown.get(message.id);
    const same = before?.signature === signature;
    const element = same ? before.element : messageElement(message, previous, (id) => byId.get(id));
    next.set(message.id, { signature, element });
    elements.push(element);
  });
  const changed =
    elements.length !== list.children.length || elements.some((element, at) => list.children[at] !== element);
  shown = next;
  if (!changed) return;
  list.replaceChildren(...elements);
  if (atEnd) list.scrollTop = list.scrollHeight;
}

const days = new Map();

function dayElement(at) {
  const text = day(at);
  if (!days.has(text)) days.set(text, h('li', { class: 'day' }, text));
  return days.get(text);
}

function renderFoot(chat) {
  const person = me();
  const membership = myMembership();
  renderInto(
    foot,
    [store.open, person, membership?.status, amIn(), chat?.deleted, chat?.migratedTo, chat?.requests],
    () => h('div', { class: 'composer' }, ...footOf(chat, person)),
  );
}

function footOf(chat, person) {
  if (person.deactivated) return [h('p', {}, `${person.firstName} deleted their account.`)];
  if (store.open === 'bot') {
    if (person.blocked) return [actionKey('Unblock the bot', () => void post(`/users/${person.id}/unblock`))];
    if (!person.started) return [actionKey('Start', () => void say('/start'))];
    return writing();
  }
  if (chat.deleted) return [h('p', {}, 'This chat was deleted.')];
  if (chat.migratedTo !== undefined) {
    return [actionKey('Go to the supergroup', () => void openChat(chat.migratedTo))];
  }
  if (amIn()) return writing();
  const asked = chat.requests.some(({ userId }) => userId === person.id);
  const why = asked
    ? 'has asked to join'
    : myMembership()?.status === 'kicked'
      ? 'is banned here'
      : 'is not a member';
  const owner = chat.members.find(({ status }) => status === 'creator');
  return [
    h('p', {}, `${person.firstName} ${why}.`),
    owner
      ? h('button', { class: 'button', onclick: () => void be(owner.userId) }, `Be ${owner.name}`)
      : undefined,
  ];
}

function actionKey(text, onclick) {
  return h('p', {}, h('button', { class: 'button primary', onclick }, text));
}

function writing() {
  const input = h('input', {
    placeholder: `Write as ${myName()}`,
    'aria-label': 'Message',
    'data-focus': 'write',
    maxlength: '4096',
  });
  const onsubmit = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    if ((await say(text)) === undefined) input.value = text;
    list.scrollTop = list.scrollHeight;
  };
  const form = h('form', { class: 'field-row', onsubmit, autocomplete: 'off' }, input, sendKey());
  form.classList.add('writing');
  return [form];
}

function sendKey() {
  return h('button', { class: 'send', type: 'submit', 'aria-label': 'Send' }, icon('send'));
}
