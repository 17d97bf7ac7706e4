// The text of a message from a bot's parameters: formatting read, ends trimmed, links and commands found, limits kept.
import type { MessageEntity } from '@grammyjs/types';
import type { Sandbox } from '../sandbox';
import { personOf } from '../state/lookup';
import { showUser } from '../state/person';
import { parseHtml, type FormattedText } from './html-text';
import { objectOf, textOf, type Params } from './params';
import { refuse } from './refusals';

const MAX_LENGTH = 4096;

export function readText(sandbox: Sandbox, params: Params): FormattedText {
  const source = textOf(params, 'text') ?? '';
  const mode = (textOf(params, 'parse_mode') ?? '').toLowerCase();
  if (!['', 'none', 'html', 'markdown', 'markdownv2'].includes(mode)) refuse('parseMode');
  const given = objectOf<MessageEntity[]>(params, 'entities', 'badEntities');
  const formatted =
    mode === 'html' ? withMentions(sandbox, parseHtml(source)) : { text: source, entities: given ?? [] };
  const trimmed = trim(formatted);
  if (trimmed.text === '') refuse('textEmpty');
  if (trimmed.text.length > MAX_LENGTH) refuse('textTooLong');
  return { text: trimmed.text, entities: withFound(trimmed) };
}

/** `tg://user?id=…` mentions somebody the bot has met, and is nothing for anybody else. */
function withMentions(sandbox: Sandbox, { text, entities }: FormattedText): FormattedText {
  const seen = entities.flatMap((entity): MessageEntity[] => {
    const id = entity.type === 'text_link' ? /^tg:\/\/user\?id=(\d+)$/.exec(entity.url)?.[1] : undefined;
    if (id === undefined) return [entity];
    const person = personOf(sandbox, Number(id));
    const { offset, length } = entity;
    return person?.met === true ? [{ type: 'text_mention', offset, length, user: showUser(person) }] : [];
  });
  return { text, entities: seen };
}

/** What Telegram marks by itself in anybody's text. */
export function findEntities(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  const patterns = [
    { type: 'bot_command', pattern: /(?<![\w/])\/[a-z0-9_]{1,32}(?:@\w{3,32})?/gi },
    { type: 'url', pattern: /\b(?:https?:\/\/[^\s<>"]+|t\.me\/[^\s<>"]+)/gi },
    { type: 'mention', pattern: /(?<![\w/])@[a-z]\w{3,31}/gi },
  ] as const;
  for (const { type, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const length = match[0].replace(/[.,;:!?)\]]+$/, '').length;
      const overlaps = found.some((other) => crosses(other, match.index, length));
      if (!overlaps) found.push({ type, offset: match.index, length });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function withFound({ text, entities }: FormattedText): MessageEntity[] {
  const free = findEntities(text).filter(
    (found) =>
      !entities.some(
        (entity) =>
          crosses(entity, found.offset, found.length) &&
          ['code', 'pre', 'text_link', 'url'].includes(entity.type),
      ),
  );
  return [...entities, ...free].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function trim({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const moved = entities.flatMap((entity) => {
    const offset = Math.max(0, entity.offset - start);
    const end = Math.min(trimmed.length, entity.offset - start + entity.length);
    return end > offset ? [{ ...entity, offset, length: end - offset }] : [];
  });
  return { text: trimmed, entities: moved };
}

function crosses(entity: MessageEntity, offset: number, length: number): boolean {
  return entity.offset < offset + length && offset < entity.offset + entity.length;
}
