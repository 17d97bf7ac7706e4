import type { Pool } from 'pg';
import type { Gateway } from '../gateway';
import type { Outcome } from '../outcome';
import type { Locale } from '../../platform/locale';
import type { Texts } from '../texts/texts';
import type { EffectContext } from './effect-context';

/** What every performer may use. */
export interface Tools {
  pool: Pool;
  gateway: Gateway;
  texts: Texts;
  locale: Locale;
  /** The language of groups. */
  groupLocale: Locale;
  now: Date;
}

/** Does one kind of effect. It may be repeated after any of its calls. */
export type Performer = (context: EffectContext, tools: Tools) => Promise<Outcome>;
