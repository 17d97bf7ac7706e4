import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { Button } from '../gateway';

/** Rows of buttons as Telegram wants them; nothing when there are none. */
export function inlineKeyboard(buttons: Button[][] | undefined): { reply_markup?: InlineKeyboardMarkup } {
  if (!buttons) return {};
  return {
    reply_markup: {
      inline_keyboard: buttons.map((row) =>
        row.map((button) =>
          'url' in button
            ? { text: button.label, url: button.url }
            : { text: button.label, callback_data: button.action },
        ),
      ),
    },
  };
}
