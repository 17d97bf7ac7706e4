import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { Injectable } from '@nestjs/common';
import { type Locale, LOCALES } from '../../platform/locale';
import { escapeHtml } from './escape-html';

type Values = Record<string, string | number | Date>;

/** What the bot says, in every language. Values are made safe for HTML; the texts themselves hold the tags. */
@Injectable()
export class Texts {
  private readonly bundles = new Map(LOCALES.map((locale) => [locale, loadBundle(locale)]));

  html(locale: Locale, id: string, values: Values = {}): string {
    return this.format(locale, id, values, escapeHtml);
  }

  /** For labels of buttons, which know no tags. */
  plain(locale: Locale, id: string, values: Values = {}): string {
    return this.format(locale, id, values, (text) => text);
  }

  private format(locale: Locale, id: string, values: Values, escape: (text: string) => string): string {
    const bundle = this.bundles.get(locale)!;
    const pattern = bundle.getMessage(id)?.value;
    if (!pattern) throw new Error(`There is no text "${id}" in "${locale}".`);
    const safe = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        if (value instanceof Date) return [name, formatTime(locale, value)];
        return [name, typeof value === 'string' ? escape(value) : value];
      }),
    );
    const problems: Error[] = [];
    const text = bundle.formatPattern(pattern, safe, problems);
    if (problems[0]) throw problems[0];
    return text;
  }
}

/** The first of the wanted languages that we speak: 'ru-RU' is Russian. */
export function chooseLocale(fallback: Locale, ...wanted: (string | null | undefined)[]): Locale {
  for (const tag of wanted) {
    const locale = LOCALES.find((known) => known === tag?.toLowerCase().split('-')[0]);
    if (locale) return locale;
  }
  return fallback;
}

function loadBundle(locale: Locale): FluentBundle {
  // Telegram shows the marks that isolate text directions as boxes in some clients.
  const bundle = new FluentBundle(locale, { useIsolating: false });
  const source = readFileSync(join(__dirname, `${locale}.ftl`), 'utf8');
  const [problem] = bundle.addResource(new FluentResource(source));
  if (problem) throw problem;
  return bundle;
}

function formatTime(locale: Locale, time: Date): string {
  const text = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(time);
  return `${text} UTC`;
}
