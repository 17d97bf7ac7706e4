import type { Telegraf } from 'telegraf';

/** Says which updates it handles. An update may come twice: handling it again must change nothing. */
export interface UpdateHandler {
  register(bot: Telegraf): void;
}

export const UPDATE_HANDLERS = Symbol('update handlers');
