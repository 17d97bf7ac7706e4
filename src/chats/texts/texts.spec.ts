import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import * as fc from 'fast-check';
import { type Locale, LOCALES } from '../../platform/locale';
import { chooseLocale, Texts } from './texts';

const texts = new Texts();

/** A value for every variable there is, so that every message can be said. */
const VALUES = {
  group: 'Lounge',
  name: 'Rosa',
  site: 'Test Forum',
  karma: 120,
  needed: 500,
  missing: 380,
  audiences: 'webmasters, staff',
  reasons: 'You have 120 of 500 karma: 380 points to go.',
  until: new Date('2026-03-04T12:00:00Z'),
};

function readMessages(locale: Locale): Map<string, Set<string>> {
  const resource = new FluentResource(readFileSync(join(__dirname, `${locale}.ftl`), 'utf8'));
  return new Map(resource.body.map(({ id, value }) => [id, variablesIn(value)]));
}

/** The names of all variables anywhere in a pattern, selectors included. */
function variablesIn(node: unknown, found = new Set<string>()): Set<string> {
  if (typeof node !== 'object' || node === null) return found;
  const { type, name } = node as { type?: string; name?: string };
  if (type === 'var' && name !== undefined) found.add(name);
  for (const part of Object.values(node)) variablesIn(part, found);
  return found;
}

const english = readMessages('en');
const ids = [...english.keys()];
const others = LOCALES.filter((locale) => locale !== 'en');

describe('Every language', () => {
  it.each(others)('%s has the messages of English, in the same order, and no others', (locale) => {
    expect([...readMessages(locale).keys()]).toEqual(ids);
  });

  it.each(others)('%s puts the same values into each message', (locale) => {
    expect(readMessages(locale)).toEqual(english);
  });

  it.each(LOCALES)('%s says every message, with every value in it', (locale) => {
    for (const [id, variables] of readMessages(locale)) {
      const said = texts.html(locale, id, VALUES);
      expect(said).not.toMatch(/[{}]|\$/);
      expect(said.trim()).not.toBe('');
      for (const name of variables) {
        const value = VALUES[name as keyof typeof VALUES];
        expect([id, said]).toEqual([id, expect.stringContaining(shown(value))]);
      }
    }
  });

  it.each(LOCALES)('%s uses only the tags that Telegram knows, and closes them', (locale) => {
    for (const id of ids) {
      const said = texts.html(locale, id, VALUES);
      expect(said.replaceAll(/<(b|i|code)>[^<>]*<\/\1>/g, '')).not.toMatch(/[<>]/);
    }
  });

  it.each(LOCALES)('%s has labels without tags, short enough to be read on a button', (locale) => {
    const labels = ids.filter((id) => /-(yes|no|name|button)$/.test(id));
    expect(labels).toHaveLength(6);
    for (const id of labels) {
      const label = texts.plain(locale, id, VALUES);
      expect(label).not.toMatch(/[<>&]/);
      expect(label.length).toBeLessThanOrEqual(64);
    }
  });

  it.each(LOCALES)('%s describes the commands within what Telegram allows', (locale) => {
    const commands = ids.filter((id) => id.startsWith('command-'));
    expect(commands).toHaveLength(5);
    for (const id of commands) {
      const description = texts.plain(locale, id);
      expect(description.length).toBeGreaterThan(0);
      expect(description.length).toBeLessThanOrEqual(256);
      expect(description).not.toContain('\n');
    }
  });
});

/** How a value shows, as far as it is the same in every language. */
function shown(value: string | number | Date): string {
  if (value instanceof Date) return ' UTC';
  return String(value);
}

describe('Numbers', () => {
  const warn = (locale: Locale, missing: number) => texts.html(locale, 'warn', { ...VALUES, missing });

  it.each([
    [1, 'ещё 1 балл до'],
    [2, 'ещё 2 балла до'],
    [5, 'ещё 5 баллов до'],
    [11, 'ещё 11 баллов до'],
    [21, 'ещё 21 балл до'],
    [22, 'ещё 22 балла до'],
    [111, 'ещё 111 баллов до'],
  ])('%i points are counted as Russian counts them', (missing, expected) => {
    expect(warn('ru', missing)).toContain(expected);
  });

  it('one point is one point in English', () => {
    expect(warn('en', 1)).toContain('One more point by');
    expect(warn('en', 2)).toContain('2 more points by');
    expect(warn('en', 21)).toContain('21 more points by');
  });

  it('are grouped as each language groups them', () => {
    const celebrate = (locale: Locale) => texts.html(locale, 'celebrate', { ...VALUES, karma: 1_234_567 });

    expect(celebrate('en')).toContain('1,234,567');
    expect(celebrate('ru')).toMatch(/1\s234\s567/u);
  });

  it('below zero are said as they are', () => {
    expect(texts.html('en', 'karma-title', { ...VALUES, karma: -40 })).toContain('-40');
  });
});

describe('What people call themselves and their chats', () => {
  it('cannot bring tags into a message', () => {
    const said = texts.html('en', 'karma-title', { name: '<a href="x">&</a>', karma: 1 });

    expect(said).toBe('<b>&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;</b>, you have <b>1</b> karma.');
  });

  it('stays as it is on a button, which knows no tags', () => {
    expect(texts.plain('en', 'join-button', { group: 'R&D <beta>' })).toBe('Join R&D <beta>');
  });

  it('is never read as a text of ours', () => {
    expect(texts.html('en', 'karma-in', { group: '{ $karma } { -term }' })).toContain('{ $karma } { -term }');
  });

  it('never breaks the tags around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>/&"b ;{}я') }), (group) => {
        const said = texts.html('ru', 'karma-in', { group });
        expect(said.match(/<[^>]*>/g)).toEqual(['<b>', '</b>']);
      }),
    );
  });
});

describe('A mistake of ours', () => {
  it('is not sent to anybody: a message that is not there', () => {
    expect(() => texts.html('en', 'no-such-text')).toThrow('There is no text "no-such-text" in "en".');
  });

  it('is not sent to anybody: a value that was forgotten', () => {
    expect(() => texts.html('en', 'invite', { group: 'Lounge' })).toThrow(/karma/);
  });
});

describe('The language to speak', () => {
  it('is the first of those wanted that we know, whatever the country', () => {
    expect(chooseLocale('en', 'ru')).toBe('ru');
    expect(chooseLocale('en', null, 'ru-RU')).toBe('ru');
    expect(chooseLocale('en', 'RU')).toBe('ru');
    expect(chooseLocale('ru', 'en-GB', 'ru')).toBe('en');
    expect(chooseLocale('en', 'de', 'ru')).toBe('ru');
  });

  it('is that of the house when we know none of them', () => {
    expect(chooseLocale('ru', 'de', undefined, null)).toBe('ru');
    expect(chooseLocale('en')).toBe('en');
    expect(chooseLocale('en', '', 'rus')).toBe('en');
  });
});
