// The left column: who you are, your private chat with the bot, and all groups.
import { post } from './api.js';
import { botRights, newChat, newPerson, sure, USUAL_RIGHTS } from './boxes.js';
import { avatar, clock, h, iconButton, memberCount, renderInto } from './dom.js';
import { be, me, openChat, store } from './store.js';

export function renderMe() {
  const place = document.getElementById('me');
  renderInto(place, [store.users, store.meId], () => {
    const person = me();
    const options = store.users.map((user) =>
      h('option', { value: String(user.id), selected: user.id === store.meId }, optionText(user)),
    );
    const row = h(
      'div',
      { class: 'me-row' },
      person
        ? avatar(person.firstName, person.id, { gone: person.deactivated })
        : avatar('?', 0, { gone: true }),
      h(
        'label',
        { class: 'field' },
        'You are',
        h(
          'select',
          {
            'data-focus': 'me',
            disabled: person === undefined,
            onchange: (event) => void be(Number(event.target.value)),
          },
          ...(person ? options : [h('option', {}, 'nobody yet')]),
        ),
      ),
      iconButton('plus', 'A new person', () => void makePerson()),
    );
    return person === undefined ? row : [row, stateOf(person)];
  });
}

export function renderChats() {
  const place = document.getElementById('chats');
  renderInto(place, [store.chats, store.open, store.meId, store.users.length, privatePreview()], () => [
    me() ? privateRow() : undefined,
    h(
      'div',
      { class: 'chats-head' },
      h('span', {}, 'Groups'),
      store.users.length > 0 ? iconButton('plus', 'A new chat', () => void makeChat()) : '',
    ),
    ...(store.chats.length > 0
      ? store.chats.toReversed().map(groupRow)
      : [h('p', { class: 'muted small chat-row' }, 'No groups yet.')]),
  ]);
}

export async function makePerson() {
  const asked = await newPerson();
  const person = asked && (await post('/users', asked));
  if (person) await be(person.id);
}

export async function makeChat() {
  const asked = await newChat();
  const chat = asked && (await post('/chats', asked.chat));
  if (!chat) return;
  if (asked.withBot) await post(`/chats/${chat.id}/add-bot`, { rights: USUAL_RIGHTS });
  await openChat(chat.id);
}

export async function addBot(chatId) {
  const rights = await botRights();
  if (rights !== undefined) await post(`/chats/${chatId}/add-bot`, { rights });
}

function optionText(user) {
  const name = user.lastName ? `${user.firstName} ${user.lastName}` : user.firstName;
  return user.deactivated ? `${name} (deleted)` : name;
}

function stateOf(person) {
  const { id, languageCode, username, started, blocked, deactivated } = person;
  const block = blocked ? 'unblock' : 'block';
  return h(
    'div',
    { class: 'me-state' },
    deactivated ? h('span', { class: 'chip bad' }, 'account deleted') : undefined,
    blocked ? h('span', { class: 'chip bad' }, 'bot blocked') : undefined,
    started ? undefined : h('span', { class: 'chip' }, 'never pressed Start'),
    username ? h('span', { class: 'chip' }, `@${username}`) : undefined,
    languageCode ? h('span', { class: 'chip' }, languageCode) : undefined,
    h(
      'button',
      { class: 'button small', 'data-focus': 'block', onclick: () => void post(`/users/${id}/${block}`) },
      blocked ? 'Unblock bot' : 'Block bot',
    ),
    deactivated
      ? undefined
      : h(
          'button',
          { class: 'button small bad', onclick: () => void deleteAccount(person) },
          'Delete account',
        ),
  );
}

async function deleteAccount({ id, firstName }) {
  if (await sure(`Delete the account of ${firstName}? That cannot be undone.`, 'Delete')) {
    await post(`/users/${id}/deactivate`);
  }
}

function privatePreview() {
  return store.open === 'bot' ? store.chat?.lastMessage : undefined;
}

function privateRow() {
  const { bot } = store.info;
  return row({
    open: 'bot',
    face: avatar(bot.name, bot.id, { bot: true }),
    title: bot.name,
    last: privatePreview(),
    below: 'Your private chat with the bot',
    marks: [h('span', { class: 'chip good' }, 'bot')],
  });
}

function groupRow(chat) {
  const gone = chat.deleted || chat.migratedTo !== undefined;
  const bot = chat.bot.status;
  const mark = chat.deleted
    ? h('span', { class: 'chip bad' }, 'deleted')
    : chat.migratedTo !== undefined
      ? h('span', { class: 'chip' }, 'moved')
      : bot === 'administrator'
        ? undefined
        : h(
            'span',
            { class: bot === 'member' ? 'chip warn' : 'chip' },
            bot === 'member' ? 'bot: no rights' : 'no bot',
          );
  return row({
    open: chat.id,
    face: avatar(chat.title, chat.id, { group: true, gone }),
    title: chat.title,
    last: chat.lastMessage,
    below: memberCount(chat),
    marks: mark ? [mark] : [],
  });
}

function row({ open, face, title, last, below, marks }) {
  const preview = last === undefined ? below : (last.note?.text ?? `${last.from}: ${last.text}`);
  return h(
    'button',
    {
      class: 'chat-row',
      type: 'button',
      'aria-current': store.open === open ? 'true' : 'false',
      'data-focus': `chat-${open}`,
      onclick: () => void openChat(open),
    },
    face,
    h(
      'span',
      { class: 'chat-row-text' },
      h(
        'span',
        { class: 'chat-row-top' },
        h('span', { class: 'chat-row-title' }, title),
        last ? h('span', { class: 'muted small' }, clock(last.at)) : undefined,
      ),
      h('span', { class: 'chat-row-last' }, h('span', {}, preview), ...marks),
    ),
  );
}
