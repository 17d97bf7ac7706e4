// The drawer for trouble: what goes wrong next, Telegram's sending limits, and the clock.
import { post, remove } from './api.js';
import { sure } from './boxes.js';
import { h, iconButton, renderInto } from './dom.js';
import { store } from './store.js';
import { toast } from './toast.js';

const KINDS = [
  ['error', 'An error answer'],
  ['flood', 'Too many requests (429)'],
  ['lostReply', 'It is done, but the reply is lost'],
  ['reset', 'The connection breaks first'],
  ['timeout', 'No answer at all'],
  ['slow', 'It is done, but answered late'],
  ['badBody', 'A page instead of JSON'],
];
const METHODS = [
  'sendMessage',
  'approveChatJoinRequest',
  'declineChatJoinRequest',
  'banChatMember',
  'unbanChatMember',
  'pinChatMessage',
  'createChatInviteLink',
  'revokeChatInviteLink',
  'getChatMember',
  'getUpdates',
];

const drawer = document.getElementById('faults');
const waiting = h('section', {});
const limits = h('section', {});

export function openFaults() {
  if (drawer.childElementCount === 0) build();
  drawer.showModal();
}

export function renderFaults() {
  document.getElementById('faults-dot').hidden = store.faults.length === 0 && !store.info?.limits;
  renderInto(waiting, store.faults, () => [
    h('h3', {}, store.faults.length === 0 ? 'Nothing goes wrong' : 'What goes wrong next'),
    ...store.faults.map((fault) =>
      h(
        'div',
        { class: 'card' },
        h(
          'span',
          {},
          KINDS.find(([kind]) => kind === fault.kind)?.[1] ?? fault.kind,
          h('br'),
          h('span', { class: 'muted small' }, where(fault)),
        ),
        h('span', { class: 'chip warn' }, `${fault.times} ×`),
      ),
    ),
    store.faults.length > 0
      ? h('button', { class: 'button', onclick: () => void remove('/faults') }, 'Call them all off')
      : undefined,
  ]);
  renderInto(limits, [store.info?.limits], () => [
    h('h3', {}, 'Sending limits'),
    h(
      'label',
      { class: 'check' },
      h('input', {
        type: 'checkbox',
        'data-focus': 'limits',
        checked: store.info?.limits === true,
        onchange: (event) => void post('/limits', { on: event.target.checked }),
      }),
      'As Telegram publishes them: 30 a second, one a second per chat, 20 a minute per group',
    ),
  ]);
}

function where(fault) {
  const method = fault.method ?? 'any method but getUpdates';
  return fault.chatId === undefined ? method : `${method} in ${fault.chatId}`;
}

function build() {
  drawer.append(
    h(
      'div',
      { class: 'drawer-head' },
      h('h2', {}, 'Trouble'),
      iconButton('close', 'Close', () => drawer.close()),
    ),
    h('div', { class: 'drawer-body' }, waiting, faultForm(), limits, clockSection(), resetSection()),
  );
}

function faultForm() {
  const onsubmit = async (event) => {
    event.preventDefault();
    const data = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value !== ''));
    const numbers = ['times', 'code', 'retryAfter', 'delayMs', 'chatId'];
    for (const name of numbers) if (name in data) data[name] = Number(data[name]);
    if (await post('/faults', data)) toast('It will go wrong.');
  };
  const options = (list) => list.map(([value, text]) => h('option', { value }, text));
  return h(
    'section',
    {},
    h('h3', {}, 'Let something go wrong'),
    h(
      'form',
      { class: 'drawer-form', onsubmit, autocomplete: 'off' },
      h('label', { class: 'field' }, 'How', h('select', { name: 'kind' }, ...options(KINDS))),
      h(
        'label',
        { class: 'field' },
        'In which call',
        h('input', { name: 'method', list: 'methods', placeholder: 'any but getUpdates' }),
        h('datalist', { id: 'methods' }, ...METHODS.map((name) => h('option', { value: name }))),
      ),
      h('div', { class: 'two' }, number('How often', 'times', '1'), number('Only in chat', 'chatId', '')),
      h('div', { class: 'two' }, number('Code', 'code', ''), number('Retry after, s', 'retryAfter', '')),
      h(
        'div',
        { class: 'two' },
        number('Delay, ms', 'delayMs', ''),
        h(
          'label',
          { class: 'field' },
          'Words',
          h('input', { name: 'description', placeholder: 'Bad Request: …' }),
        ),
      ),
      h('button', { class: 'button primary' }, 'Let it go wrong'),
    ),
  );
}

function clockSection() {
  const hours = [
    ['1 minute', 60],
    ['1 hour', 3600],
    ['1 day', 86_400],
  ];
  return h(
    'section',
    {},
    h('h3', {}, 'Move the sandbox clock on'),
    h(
      'div',
      { class: 'button-row' },
      ...hours.map(([text, advanceSeconds]) =>
        h('button', { class: 'button', onclick: () => void move(text, advanceSeconds) }, `+ ${text}`),
      ),
    ),
  );
}

async function move(text, advanceSeconds) {
  if (await post('/clock', { advanceSeconds })) toast(`The sandbox is ${text} further.`);
}

function resetSection() {
  return h(
    'section',
    {},
    h('h3', {}, 'Begin afresh'),
    h('button', { class: 'button bad', onclick: () => void reset() }, 'Forget all people and chats'),
  );
}

async function reset() {
  drawer.close();
  if (await sure('Forget all people, chats and calls?', 'Forget')) await post('/reset');
}

function number(label, name, value) {
  return h(
    'label',
    { class: 'field' },
    label,
    h('input', { name, value, inputmode: 'numeric', pattern: '-?[0-9]*' }),
  );
}
