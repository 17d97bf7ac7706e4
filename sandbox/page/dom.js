// Making elements without markup strings: nothing that a message says can become part of the page.
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(
    ...children.flat().filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

export function iconButton(name, label, onclick) {
  return h(
    'button',
    { class: 'icon-button', type: 'button', title: label, 'aria-label': label, onclick },
    icon(name),
  );
}

export function avatar(name, id, { group = false, bot = false, gone = false, small = false } = {}) {
  const letters = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
  const sum = [...`${name}${id}`].reduce((total, letter) => total * 3 + letter.codePointAt(0), 0);
  const hue = gone ? 'hue-gone' : bot ? 'hue-bot' : `hue-${sum % 7}`;
  const classes = ['avatar', hue, group && 'group', small && 'small'].filter(Boolean).join(' ');
  return h('span', { class: classes, 'aria-hidden': 'true' }, letters || '?');
}

/** Fills a place only when what it shows has changed, so that focus and open menus survive other news. */
export function renderInto(place, shown, build) {
  const signature = JSON.stringify(shown);
  if (place.dataset.signature === signature) return;
  place.dataset.signature = signature;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  place.replaceChildren(...[build()].flat().filter(Boolean));
  if (focused) place.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

export function memberCount(chat) {
  return `${chat.memberCount} ${chat.memberCount === 1 ? 'member' : 'members'}`;
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

export function day(iso) {
  return new Date(iso).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
}
