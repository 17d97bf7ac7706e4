// A button that opens a short list of things to do. Escape, a choice, or a click elsewhere closes it.
import { h, icon } from './dom.js';

let close = () => undefined;

document.addEventListener('click', (event) => {
  if (!event.target.closest?.('.menu')) close();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') close();
});

export function menu(label, choices) {
  const list = h(
    'div',
    { class: 'menu-list', role: 'menu', hidden: true },
    ...choices.map(([text, act, kind = '']) =>
      h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          class: kind,
          onclick: () => {
            close();
            act();
          },
        },
        text,
      ),
    ),
  );
  const button = h(
    'button',
    {
      class: 'icon-button',
      type: 'button',
      title: label,
      'aria-label': label,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      onclick: () => (list.hidden ? open() : close()),
    },
    icon('more'),
  );
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...list.children];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  });

  function open() {
    close();
    list.hidden = false;
    list.classList.toggle('up', button.getBoundingClientRect().bottom + 180 > innerHeight);
    button.setAttribute('aria-expanded', 'true');
    list.firstElementChild?.focus();
    close = () => {
      if (list.contains(document.activeElement)) button.focus();
      list.hidden = true;
      button.setAttribute('aria-expanded', 'false');
      close = () => undefined;
    };
  }

  return h('span', { class: 'menu' }, button, list);
}
