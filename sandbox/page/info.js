// The right column: the bot's rights, who is in the chat and how, who asks to be let in, and its links.
import { openLink } from './acts.js';
import { post } from './api.js';
import { botRights, choosePerson, RIGHTS, sure } from './boxes.js';
import { addBot } from './chat-list.js';
import { avatar, h, iconButton, renderInto } from './dom.js';
import { menu } from './menu.js';
import { isIn, myName, showInfo, store } from './store.js';
import { toast } from './toast.js';

const STATUS = {
  creator: ['Owner', 'blue'],
  administrator: ['Admin', 'blue'],
  member: ['Member', 'good'],
  restricted: ['Restricted', 'warn'],
  left: ['Left', ''],
  kicked: ['Banned', 'bad'],
};

export function renderInfo() {
  const { chat } = store;
  const on = store.showInfo && chat !== undefined && chat.type !== 'private';
  const place = document.getElementById('info');
  place.hidden = !on;
  document.getElementById('app').classList.toggle('with-info', on);
  if (!on) return;
  renderInto(
    place,
    [
      chat.id,
      chat.bot,
      chat.members,
      chat.requests,
      chat.links,
      chat.type,
      chat.deleted,
      chat.guarded,
      store.meId,
    ],
    () => [
      h(
        'div',
        { class: 'info-head' },
        h('h2', {}, 'About this chat'),
        iconButton('close', 'Close', () => showInfo(false)),
      ),
      botSection(chat),
      chat.requests.length > 0 ? requestSection(chat) : undefined,
      memberSection(chat),
      chat.links.length > 0 ? linkSection(chat) : undefined,
      chatSection(chat),
    ],
  );
}

const act = (chat, path, body) => void post(`/chats/${chat.id}/${path}`, body);

function botSection(chat) {
  const { status, rights } = chat.bot;
  const held = new Set(RIGHTS.map(([name]) => name).filter((name) => rights?.[`can_${name}`]));
  const inChat = ['administrator', 'member', 'restricted'].includes(status);
  return h(
    'section',
    {},
    h('h3', {}, 'The bot', chip(status)),
    status === 'administrator'
      ? h(
          'div',
          { class: 'rights' },
          ...RIGHTS.map(([name, label]) =>
            h(
              'span',
              { class: held.has(name) ? 'chip good' : 'chip', title: label },
              `${held.has(name) ? '✓' : '–'} ${name}`,
            ),
          ),
        )
      : undefined,
    h(
      'div',
      { class: 'button-row' },
      inChat
        ? button('Rights…', () => void changeRights(chat, held))
        : button('Add the bot…', () => void addBot(chat.id)),
      status === 'administrator' ? button('Demote', () => act(chat, 'demote-bot')) : undefined,
      inChat ? button('Remove', () => act(chat, 'remove-bot'), 'bad') : undefined,
    ),
  );
}

async function changeRights(chat, held) {
  const rights = await botRights(chat.bot.status === 'administrator' ? held : undefined);
  if (rights !== undefined) act(chat, 'demote-bot', { rights });
}

function requestSection(chat) {
  return h(
    'section',
    {},
    h('h3', {}, `Asking to join (${chat.requests.length})`),
    ...chat.requests.map(({ userId, name }) =>
      h(
        'div',
        { class: 'member' },
        avatar(name, userId, { small: true }),
        h('span', { class: 'member-text' }, h('span', { class: 'member-name' }, name)),
        button('Let in', () => act(chat, 'approve', { userId })),
        button('Decline', () => act(chat, 'decline', { userId })),
      ),
    ),
  );
}

function memberSection(chat) {
  const inside = chat.members.filter(isIn);
  const outside = chat.members.filter((member) => !isIn(member));
  return h(
    'section',
    {},
    h(
      'h3',
      {},
      `Members (${inside.length})`,
      button('Add…', () => void addMember(chat)),
    ),
    ...inside.map((member) => memberRow(chat, member)),
    ...outside.map((member) => memberRow(chat, member)),
  );
}

async function addMember(chat) {
  const userId = await choosePerson('Who is added by hand?', 'Add');
  if (userId !== undefined) act(chat, 'add', { userId });
}

function memberRow(chat, member) {
  const { userId, name, isBot } = member;
  const inside = isIn(member);
  const link = chat.links.find(({ url }) => url === member.cameBy);
  return h(
    'div',
    { class: inside ? 'member' : 'member gone' },
    avatar(name, userId, { small: true, bot: isBot, gone: !inside }),
    h(
      'span',
      { class: 'member-text' },
      h(
        'span',
        { class: 'member-name' },
        name,
        userId === store.meId ? h('span', { class: 'muted' }, ' (you)') : undefined,
      ),
      link ? h('span', { class: 'muted small' }, `by link ${link.name ?? link.url.slice(-8)}`) : undefined,
    ),
    chip(member.status),
    isBot || member.status === 'creator'
      ? h('span', { class: 'menu-space' })
      : menu(`What to do with ${name}`, choices(chat, member)),
  );
}

function choices(chat, { userId, status }) {
  const to = (path) => () => act(chat, path, { userId });
  const inside = ['administrator', 'member', 'restricted'].includes(status);
  return [
    status === 'administrator' ? ['Demote', to('demote')] : undefined,
    inside && status !== 'administrator' ? ['Make administrator', to('promote')] : undefined,
    inside
      ? ['Let them leave', () => void post(`/users/${userId}/leave`, { chatId: chat.id })]
      : ['Add by hand', to('add')],
    status === 'kicked' ? ['Unban', to('unban')] : ['Ban', to('ban'), 'bad'],
  ].filter(Boolean);
}

function linkSection(chat) {
  return h(
    'section',
    {},
    h('h3', {}, `Links (${chat.links.length})`),
    ...chat.links.toReversed().map((link) =>
      h(
        'div',
        { class: 'link-item' },
        h('div', { class: 'link-url' }, link.url),
        h(
          'div',
          { class: 'link-line' },
          h('span', { class: link.shut ? 'chip bad' : 'chip good' }, link.shut ?? 'open'),
          h('span', { class: 'chip' }, link.createsJoinRequest ? 'asks first' : 'joins'),
          link.name ? h('span', { class: 'chip' }, link.name) : undefined,
          link.memberLimit
            ? h('span', { class: 'chip' }, `${link.inside.length} of ${link.memberLimit} inside`)
            : undefined,
          link.byBot ? undefined : h('span', { class: 'chip warn' }, 'made by a human'),
          link.pendingRequests > 0
            ? h('span', { class: 'chip warn' }, `${link.pendingRequests} asking`)
            : undefined,
        ),
        h(
          'div',
          { class: 'link-line' },
          button(`Open as ${myName()}`, () => void openLink(link.url)),
          iconButton('copy', 'Copy the link', () => void copy(link.url)),
        ),
      ),
    ),
  );
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast('Copied.');
}

function chatSection(chat) {
  return h(
    'section',
    {},
    h(
      'h3',
      {},
      'The chat',
      iconButton('copy', 'Copy the chat id', () => void copy(String(chat.id))),
    ),
    h('p', { class: 'small muted' }, `Id ${chat.id}`),
    h(
      'div',
      { class: 'button-row' },
      button('New link of the owner', () => act(chat, 'links')),
      button(chat.guarded ? 'Bot is the guard ✓' : 'Make the bot the guard', () =>
        act(chat, 'guard', { on: !chat.guarded }),
      ),
      chat.type === 'group' ? button('Make it a supergroup', () => act(chat, 'migrate')) : undefined,
      chat.deleted ? undefined : button('Delete the chat', () => void deleteChat(chat), 'bad'),
    ),
  );
}

async function deleteChat(chat) {
  if (await sure(`Delete ${chat.title}? That cannot be undone.`, 'Delete')) act(chat, 'delete');
}

function chip(status) {
  const [text, kind] = STATUS[status];
  return h('span', { class: `chip ${kind}` }, text);
}

function button(text, onclick, kind = '') {
  return h('button', { class: `button small ${kind}`, type: 'button', onclick }, text);
}
