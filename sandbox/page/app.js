// Puts the parts together: what changes in the store is drawn, and the page listens for news.
import { openLink } from './acts.js';
import { openCalls } from './calls.js';
import { renderChats, renderMe } from './chat-list.js';
import { renderChat } from './chat-view.js';
import { openFaults, renderFaults } from './faults.js';
import { renderInfo } from './info.js';
import { recall, refresh, showInfo, startListening, store, watch } from './store.js';

function draw() {
  if (store.info === undefined) return;
  document.getElementById('app').dataset.view = store.open === undefined ? 'list' : 'chat';
  renderMe();
  renderChats();
  renderChat();
  renderInfo();
  renderFaults();
}

document.getElementById('open-faults').addEventListener('click', openFaults);
document.getElementById('open-calls').addEventListener('click', openCalls);
document.getElementById('open-link').addEventListener('submit', (event) => {
  event.preventDefault();
  const { value } = event.target.elements.url;
  event.target.reset();
  void openLink(value.trim());
});
for (const drawer of document.querySelectorAll('dialog.drawer')) {
  drawer.addEventListener('click', (event) => {
    if (event.target === drawer) drawer.close();
  });
}
addEventListener('keydown', (event) => {
  const lies = matchMedia('(max-width: 1080px)').matches;
  if (event.key === 'Escape' && lies && store.showInfo && !document.querySelector('dialog[open]'))
    showInfo(false);
});
addEventListener('hashchange', () => {
  recall();
  void refresh();
});

recall();
store.showInfo = matchMedia('(min-width: 1081px)').matches;
watch(draw);
startListening();
void refresh();
