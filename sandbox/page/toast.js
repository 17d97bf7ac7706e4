// Short sentences at the foot of the page, read out by screen readers and gone after a while.
import { h } from './dom.js';

const SHOWN_MS = 4500;

export function toast(text, kind = '') {
  const place = document.getElementById('toasts');
  const element = h('p', { class: `toast ${kind}` }, text);
  place.append(element);
  while (place.children.length > 3) place.firstElementChild.remove();
  setTimeout(() => element.remove(), SHOWN_MS);
}
