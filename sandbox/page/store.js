// What the page knows: people, chats, who you are and which chat is open. News from the sandbox only says that
// something changed; the page then asks again, one question at a time.
import { get } from './api.js';

export const store = {
  info: undefined,
  users: [],
  chats: [],
  chat: undefined,
  faults: [],
  meId: undefined,
  /** A chat id, or 'bot' for the private chat with the bot. */
  open: undefined,
  showInfo: false,
};

const watchers = new Set();
let running = false;
let wantedAgain = false;

export function watch(watcher) {
  watchers.add(watcher);
}

export function me() {
  return store.users.find((user) => user.id === store.meId);
}

export function myName() {
  return me()?.firstName ?? 'nobody';
}

export function nameOfUser(id) {
  if (id === store.info?.bot.id) return store.info.bot.name;
  return store.users.find((user) => user.id === id)?.firstName ?? String(id);
}

export function myMembership() {
  return store.chat?.members.find((member) => member.userId === store.meId);
}

export function amIn(membership = myMembership()) {
  return isIn(membership);
}

export function isIn(membership) {
  if (membership === undefined) return false;
  if (membership.status === 'restricted') return membership.inChat === true;
  return !['left', 'kicked'].includes(membership.status);
}

export function be(userId) {
  store.meId = userId;
  remember();
  return refresh();
}

export function openChat(open) {
  store.open = open;
  store.chat = undefined;
  remember();
  return refresh();
}

export function showInfo(on) {
  store.showInfo = on;
  tell();
}

export async function refresh() {
  if (running) {
    wantedAgain = true;
    return;
  }
  running = true;
  try {
    do {
      wantedAgain = false;
      await load();
      tell();
    } while (wantedAgain);
  } finally {
    running = false;
  }
}

export function startListening() {
  const events = new EventSource('/sandbox/events');
  events.onmessage = ({ data }) => {
    const changes = JSON.parse(data);
    if (changes.some(({ kind }) => kind !== 'calls')) void refresh();
    for (const watcher of callWatchers) watcher();
  };
  events.onopen = () => void refresh();
}

const callWatchers = new Set();

export function watchCalls(watcher) {
  callWatchers.add(watcher);
}

export function recall() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const person = Number(hash.get('person') ?? sessionStorage.getItem('person'));
  const chat = hash.get('chat') ?? sessionStorage.getItem('chat') ?? undefined;
  store.meId = person || undefined;
  store.open = chat === undefined || chat === 'bot' ? chat : Number(chat);
}

function remember() {
  const hash = new URLSearchParams();
  if (store.meId !== undefined) hash.set('person', store.meId);
  if (store.open !== undefined) hash.set('chat', store.open);
  for (const [name, value] of hash) sessionStorage.setItem(name, value);
  history.replaceState(null, '', `#${hash}`);
}

async function load() {
  const chatId = () => (store.open === 'bot' ? store.meId : store.open);
  const [info, users, chats, faults] = await Promise.all([
    get(''),
    get('/users'),
    get('/chats'),
    get('/faults'),
  ]);
  if (info === undefined) return;
  store.info = info;
  store.users = users.users;
  store.chats = chats.chats;
  store.faults = faults.faults;
  if (me() === undefined) store.meId = store.users[0]?.id;
  const asked = chatId();
  const chat = asked === undefined ? undefined : await get(`/chats/${asked}`);
  if (asked === chatId()) store.chat = chat;
  if (chat === undefined && store.open !== 'bot') store.open = undefined;
}

function tell() {
  for (const watcher of watchers) watcher();
}
