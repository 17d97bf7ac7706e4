// The drawer with the bot's calls, newest first. Polling is hidden unless asked for: it would hide all else.
import { get, remove } from './api.js';
import { h, iconButton } from './dom.js';
import { watchCalls } from './store.js';

const SHOWN = 300;
const PAUSE_MS = 250;

const drawer = document.getElementById('calls');
const search = h('input', {
  type: 'search',
  placeholder: 'Method or text',
  'aria-label': 'Find calls',
  oninput: show,
});
const polling = h('input', { type: 'checkbox', onchange: show });
const list = h('div', {});

let calls = [];
let shown = new Map();
let timer;

export function openCalls() {
  if (drawer.childElementCount === 0) build();
  drawer.showModal();
  void load();
}

watchCalls(() => {
  if (drawer.open) timer ??= setTimeout(() => void load(), PAUSE_MS);
});

async function load() {
  timer = undefined;
  const answer = await get('/calls?limit=2000');
  calls = answer?.calls ?? [];
  show();
}

function show() {
  const wanted = search.value.trim().toLowerCase();
  const fitting = calls.filter((call) => {
    if (!polling.checked && call.method.toLowerCase() === 'getupdates') return false;
    return wanted === '' || `${call.method} ${JSON.stringify(call)}`.toLowerCase().includes(wanted);
  });
  const next = new Map();
  for (const call of fitting.slice(-SHOWN).toReversed()) {
    const key = `${call.id} ${call.status} ${call.tookMs}`;
    next.set(key, shown.get(key) ?? callElement(call));
  }
  shown = next;
  if (next.size === 0) list.replaceChildren(h('p', { class: 'muted' }, 'No calls to show.'));
  else list.replaceChildren(...next.values());
}

function callElement(call) {
  const { answer, fault, status, tookMs } = call;
  const kind = answer?.ok ? 'good' : answer === undefined && status === undefined ? 'warn' : 'bad';
  const text = status ?? (tookMs === undefined ? 'waiting' : 'no answer');
  const at = new Date(call.at);
  const fraction = `.${String(at.getMilliseconds()).padStart(3, '0')}`;
  return h(
    'details',
    { class: 'call' },
    h(
      'summary',
      {},
      h('time', {}, at.toLocaleTimeString([], { hour12: false }), h('span', {}, fraction)),
      h(
        'span',
        { class: 'call-what' },
        h('b', {}, call.method),
        ' ',
        h('span', { class: 'muted small' }, brief(call)),
      ),
      h('span', { class: 'call-took' }, tookMs === undefined ? '' : `${tookMs.toFixed(1)} ms`),
      h('span', { class: `chip ${kind}` }, fault ? `${text} · ${fault}` : String(text)),
    ),
    h('pre', {}, JSON.stringify({ params: call.params, answer: call.answer }, null, 2)),
  );
}

function brief({ params, answer }) {
  if (answer?.ok === false) return answer.description;
  const { text, ...others } = params;
  const words = Object.entries(others)
    .filter(([, value]) => typeof value !== 'object')
    .map(([name, value]) => `${name}=${value}`);
  return [text === undefined ? '' : JSON.stringify(text), ...words].filter(Boolean).join(' ');
}

function build() {
  drawer.append(
    h(
      'div',
      { class: 'drawer-head' },
      h('h2', {}, 'Calls of the bot'),
      h('button', { class: 'button small', onclick: () => void remove('/calls') }, 'Forget'),
      iconButton('close', 'Close', () => drawer.close()),
    ),
    h(
      'div',
      { class: 'drawer-body' },
      h('div', { class: 'calls-tools' }, search, h('label', { class: 'check' }, polling, 'with getUpdates')),
      list,
    ),
  );
}
