// Small questions in a dialog. Each answers what was filled in, or undefined when it was closed.
import { h } from './dom.js';
import { store } from './store.js';

export const RIGHTS = [
  ['invite_users', 'Invite people, answer join requests'],
  ['restrict_members', 'Ban and restrict members'],
  ['pin_messages', 'Pin messages'],
  ['delete_messages', 'Delete messages'],
  ['promote_members', 'Make administrators'],
  ['change_info', 'Change title and photo'],
];
export const USUAL_RIGHTS = ['invite_users', 'restrict_members', 'pin_messages', 'delete_messages'];

export async function newPerson() {
  const data = await ask('A new person', 'Make', [
    field('First name', { name: 'firstName', required: true, maxlength: '64' }),
    h(
      'div',
      { class: 'two' },
      field('Username', { name: 'username', pattern: '[A-Za-z][A-Za-z0-9_]{3,31}', placeholder: 'none' }),
      field('Language', { name: 'languageCode', placeholder: 'en', maxlength: '8', value: 'en' }),
    ),
  ]);
  return data && Object.fromEntries([...data].filter(([, value]) => value !== ''));
}

export async function newChat() {
  const data = await ask('A new chat', 'Make', [
    field('Title', { name: 'title', required: true, maxlength: '128' }),
    h('div', { class: 'two' }, select('Owner', 'ownerId', people()), select('Kind', 'type', KINDS)),
    check('withBot', 'Make the bot an administrator', true),
  ]);
  if (data === undefined) return undefined;
  return {
    chat: { title: data.get('title'), ownerId: Number(data.get('ownerId')), type: data.get('type') },
    withBot: data.has('withBot'),
  };
}

export async function botRights(held) {
  const data = await ask(
    'Rights of the bot',
    'Save',
    RIGHTS.map(([name, label]) =>
      check(name, label, held === undefined ? USUAL_RIGHTS.includes(name) : held.has(name)),
    ),
  );
  return data && [...data.keys()];
}

export async function chooseGroup() {
  const groups = store.chats.filter((chat) => !chat.deleted && chat.migratedTo === undefined);
  const data = await ask('Into which group does the bot go?', 'Add', [
    select(
      'Group',
      'chatId',
      groups.map((chat) => [chat.id, chat.title]),
    ),
  ]);
  return data && Number(data.get('chatId'));
}

export async function choosePerson(title, action) {
  const data = await ask(title, action, [select('Person', 'userId', people())]);
  return data && Number(data.get('userId'));
}

export async function sure(question, action) {
  return (await ask(question, action, [])) !== undefined;
}

const KINDS = [
  ['supergroup', 'Supergroup'],
  ['group', 'Basic group'],
];

function people() {
  return store.users.map((user) => [user.id, user.firstName]);
}

function ask(title, action, fields) {
  const box = document.getElementById('box');
  return new Promise((resolve) => {
    const form = h(
      'form',
      { method: 'dialog' },
      h('h2', { id: 'box-title' }, title),
      ...fields,
      h(
        'div',
        { class: 'actions' },
        h('button', { class: 'button', value: 'close', formnovalidate: true }, 'Cancel'),
        h('button', { class: 'button primary', value: 'go' }, action),
      ),
    );
    // Enter in a field presses the first button of a form: make it the one that goes on.
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target.tagName === 'BUTTON') return;
      event.preventDefault();
      form.requestSubmit(form.querySelector('.primary'));
    });
    box.setAttribute('aria-labelledby', 'box-title');
    box.returnValue = '';
    box.replaceChildren(form);
    box.addEventListener('close', () => resolve(box.returnValue === 'go' ? new FormData(form) : undefined), {
      once: true,
    });
    box.showModal();
    form.querySelector('input, select')?.focus();
  });
}

function field(label, props) {
  return h('label', { class: 'field' }, label, h('input', { type: 'text', autocomplete: 'off', ...props }));
}

function select(label, name, options) {
  return h(
    'label',
    { class: 'field' },
    label,
    h('select', { name }, ...options.map(([value, text]) => h('option', { value: String(value) }, text))),
  );
}

function check(name, label, checked) {
  return h('label', { class: 'check' }, h('input', { type: 'checkbox', name, checked }), label);
}
