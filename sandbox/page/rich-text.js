// A message's text with its entities as elements. Entities may lie inside one another, never across.
import { h } from './dom.js';

const PLAIN_TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

export function richText(text, entities = [], onLink) {
  return h('span', { class: 'text' }, ...parts(text, 0, text.length, entities, onLink));
}

export function linksIn(message) {
  return (message.entities ?? []).flatMap((entity) => {
    if (entity.type === 'text_link') return [entity.url];
    if (entity.type !== 'url') return [];
    return [withScheme(message.text.slice(entity.offset, entity.offset + entity.length))];
  });
}

export function isTelegramLink(url) {
  return /^(tg:|https?:\/\/(t|telegram)\.(me|dog)\/)/.test(url);
}

export function isInvite(url) {
  return /^(https?:\/\/t\.me\/(\+|joinchat\/)|tg:\/\/join)/.test(url);
}

function parts(text, from, to, entities, onLink) {
  const made = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = entity.offset + entity.length;
    const inside = [];
    for (index += 1; index < entities.length && entities[index].offset < end; index++)
      inside.push(entities[index]);
    if (entity.offset < at) continue;
    if (entity.offset > at) made.push(text.slice(at, entity.offset));
    made.push(wrap(entity, text, parts(text, entity.offset, end, inside, onLink), onLink));
    at = end;
  }
  if (at < to) made.push(text.slice(at, to));
  return made;
}

function wrap(entity, text, children, onLink) {
  const tag = PLAIN_TAGS[entity.type];
  if (tag !== undefined) return h(tag, {}, ...children);
  const own = text.slice(entity.offset, entity.offset + entity.length);
  if (entity.type === 'spoiler') return h('span', { class: 'spoiler', tabindex: '0' }, ...children);
  if (entity.type === 'url') return link(withScheme(own), children, onLink);
  if (entity.type === 'text_link') return link(entity.url, children, onLink);
  return h('span', { class: `entity-${entity.type}` }, ...children);
}

function link(url, children, onLink) {
  const inside = isTelegramLink(url);
  const onclick = (event) => {
    if (!inside) return;
    event.preventDefault();
    onLink(url);
  };
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', onclick }, ...children);
}

function withScheme(url) {
  return /^[a-z]+:/i.test(url) ? url : `https://${url}`;
}
