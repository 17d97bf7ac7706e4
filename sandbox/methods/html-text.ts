// Telegram's HTML: tags become entities, and what Telegram would refuse is refused with its words and byte offsets.
import type { MessageEntity } from '@grammyjs/types';
import { Refusal } from './refusals';

const ENTITY_OF_TAG: Record<string, MessageEntity.CommonMessageEntity['type']> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  code: 'code',
};
const OTHER_TAGS = ['a', 'pre', 'blockquote', 'span', 'tg-emoji', 'tg-time'];
const NAMED_CHARACTERS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  name: string;
  attributes: Map<string, string>;
  from: number;
}

export interface FormattedText {
  text: string;
  entities: MessageEntity[];
}

export function parseHtml(source: string): FormattedText {
  let text = '';
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  const parts = /<(\/?)([^<>\s/]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|<|&(#x?[0-9a-f]+|[a-z]+);|[^<&]+|&/gi;
  for (const match of source.matchAll(parts)) {
    const [whole, slash, rawName, rawAttributes, character] = match;
    if (whole === '<') fail(`Unclosed start tag at byte offset ${bytesBefore(source, match.index)}`);
    if (rawName === undefined) {
      text += character === undefined ? whole : decodeCharacter(character, whole);
      continue;
    }
    const name = rawName.toLowerCase();
    if (slash === '/') {
      const tag = open.pop();
      const at = bytesBefore(source, match.index);
      if (tag === undefined) fail(`Unexpected end tag at byte offset ${at}`);
      if (name !== '' && name !== tag.name) {
        fail(`Unmatched end tag at byte offset ${at}, expected "</${tag.name}>", found "</${name}>"`);
      }
      const entity = entityOf(tag, text);
      if (entity !== undefined) entities.push(entity);
      continue;
    }
    if (!(name in ENTITY_OF_TAG) && !OTHER_TAGS.includes(name)) {
      fail(`Unsupported start tag "${name}" at byte offset ${bytesBefore(source, match.index)}`);
    }
    open.push({ name, attributes: readAttributes(rawAttributes ?? ''), from: text.length });
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) fail(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities };
}

function entityOf(tag: OpenTag, text: string): MessageEntity | undefined {
  const offset = tag.from;
  const length = text.length - offset;
  if (length === 0) return undefined;
  const common = ENTITY_OF_TAG[tag.name];
  if (common !== undefined) return { type: common, offset, length };
  const { attributes } = tag;
  switch (tag.name) {
    case 'a': {
      const url = attributes.get('href') ?? text.slice(offset);
      return /^https?:\/\/|^tg:\/\/|\./.test(url) ? { type: 'text_link', offset, length, url } : undefined;
    }
    case 'pre':
      return { type: 'pre', offset, length };
    case 'blockquote':
      return { type: attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', offset, length };
    case 'span':
      return attributes.get('class') === 'tg-spoiler' ? { type: 'spoiler', offset, length } : undefined;
    default:
      return undefined;
  }
}

function readAttributes(source: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of source.matchAll(/([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/gi)) {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    attributes.set((match[1] ?? '').toLowerCase(), value.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, decode));
  }
  return attributes;
}

function decode(whole: string, character: string): string {
  return decodeCharacter(character, whole);
}

function decodeCharacter(character: string, otherwise: string): string {
  if (!character.startsWith('#')) return NAMED_CHARACTERS[character] ?? otherwise;
  const hex = /^#x/i.test(character);
  const code = Number.parseInt(character.slice(hex ? 2 : 1), hex ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

function bytesBefore(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index));
}

function fail(why: string): never {
  throw new Refusal(400, `Bad Request: can't parse entities: ${why}`);
}
