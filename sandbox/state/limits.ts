// The published sending limits, off unless switched on: about 30 messages a second in all, one a second per chat
// with a little burst, 20 a minute per group (core.telegram.org/bots/faq). Everything beyond that is unpublished.
const ALL_PER_SECOND = 30;
const CHAT_BURST = 3;
const GROUP_PER_MINUTE = 20;

export interface Limits {
  on: boolean;
  /** Counts one message; answers 0 when it may go, otherwise the seconds to wait. */
  take(chatId: number, nowMs: number): number;
  clear(): void;
}

interface Bucket {
  tokens: number;
  at: number;
}

export function makeLimits(): Limits {
  let all: Bucket | undefined;
  const perChat = new Map<number, Bucket>();
  const perGroup = new Map<number, Bucket>();
  return {
    on: false,
    take(chatId, now) {
      if (!this.on) return 0;
      const isGroup = chatId < 0;
      all = refill(all, ALL_PER_SECOND, ALL_PER_SECOND, now);
      const chat = refill(perChat.get(chatId), CHAT_BURST, 1, now);
      const group = isGroup
        ? refill(perGroup.get(chatId), GROUP_PER_MINUTE, GROUP_PER_MINUTE / 60, now)
        : undefined;
      perChat.set(chatId, chat);
      if (group !== undefined) perGroup.set(chatId, group);
      const wait = Math.max(
        shortage(all, ALL_PER_SECOND),
        shortage(chat, 1),
        group === undefined ? 0 : shortage(group, GROUP_PER_MINUTE / 60),
      );
      if (wait > 0) return Math.ceil(wait);
      all.tokens -= 1;
      chat.tokens -= 1;
      if (group !== undefined) group.tokens -= 1;
      return 0;
    },
    clear() {
      all = undefined;
      perChat.clear();
      perGroup.clear();
    },
  };
}

function refill(bucket: Bucket | undefined, capacity: number, perSecond: number, now: number): Bucket {
  if (bucket === undefined) return { tokens: capacity, at: now };
  const gained = (Math.max(0, now - bucket.at) / 1000) * perSecond;
  return { tokens: Math.min(capacity, bucket.tokens + gained), at: now };
}

function shortage(bucket: Bucket, perSecond: number): number {
  return bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / perSecond;
}
