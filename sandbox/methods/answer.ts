// Telegram's envelope around every answer.
import type { ResponseParameters } from '@grammyjs/types';

export type ApiAnswer =
  | { ok: true; result: unknown }
  | { ok: false; error_code: number; description: string; parameters?: ResponseParameters };
