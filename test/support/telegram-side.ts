import { http } from './http';
import { until } from './until';

export interface InboxMessage {
  id: number;
  text: string;
  silent?: boolean;
  buttons?: { text: string; url?: string }[][];
}

export interface ChatView {
  id: number;
  type: string;
  bot: { status: string; rights?: Record<string, boolean> };
  members: { userId: number; status: string }[];
  pins: { messageId: number; text: string }[];
  links: { url: string; byBot: boolean; revoked: boolean; createsJoinRequest: boolean }[];
  requests: { userId: number }[];
  messages: (InboxMessage & { byBot: boolean; note?: { kind: string } })[];
}

export interface Call {
  id: number;
  method: string;
  params: Record<string, unknown>;
  at: number;
  status?: number;
  fault?: string;
}

export interface Fault {
  kind: 'error' | 'timeout' | 'lostReply' | 'flood' | 'badBody' | 'reset' | 'slow';
  method?: string;
  chatId?: number;
  times?: number;
  code?: number;
  description?: string;
  retryAfter?: number;
  delayMs?: number;
}

/** What is true on Telegram's side, seen from outside karmagate, and what people and bad luck do there. */
export class TelegramSide {
  constructor(private readonly url: string) {}

  /** Any control call that changes something: `act('chats/-1/ban', { userId })`. */
  async act<Body = Record<string, unknown>>(path: string, body: object = {}): Promise<Body> {
    const answer = await http<Body>(`${this.url}/sandbox/${path}`, { body });
    if (answer.status >= 300) throw new Error(`${path} was refused: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async fault(fault: Fault): Promise<void> {
    await this.act('faults', fault);
  }

  async clearFaults(): Promise<void> {
    await http(`${this.url}/sandbox/faults`, { method: 'DELETE' });
  }

  async chat(chatId: number): Promise<ChatView> {
    return (await http<ChatView>(`${this.url}/sandbox/chats/${chatId}`)).body;
  }

  async status(chatId: number, userId: number): Promise<string> {
    const { members } = await this.chat(chatId);
    return members.find((member) => member.userId === userId)?.status ?? 'left';
  }

  async isIn(chatId: number, userId: number): Promise<boolean> {
    return (await this.status(chatId, userId)) === 'member';
  }

  /** The link that the bot made for people who ask to join. */
  async joinLink(chatId: number): Promise<string> {
    const { links } = await this.chat(chatId);
    const link = links.find(({ byBot, revoked }) => byBot && !revoked);
    if (!link) throw new Error('The bot has made no link.');
    return link.url;
  }

  /** What the bot has written to this person. */
  async inbox(userId: number): Promise<InboxMessage[]> {
    const path = `${this.url}/sandbox/users/${userId}/inbox`;
    return (await http<{ messages: InboxMessage[] }>(path)).body.messages;
  }

  /** Waits for a message of the bot to this person, newer than the one with the id `after`. */
  hears(
    userId: number,
    pattern: RegExp,
    { after = 0, timeoutMs = 10_000 }: { after?: number; timeoutMs?: number } = {},
  ): Promise<InboxMessage> {
    return until(
      async () => (await this.inbox(userId)).find(({ id, text }) => id > after && pattern.test(text)),
      { what: `a message to ${userId} like ${pattern}`, timeoutMs },
    );
  }

  /** Waits for a message of the bot in this chat. */
  reads(chatId: number, pattern: RegExp, { after = 0 }: { after?: number } = {}): Promise<InboxMessage> {
    return until(
      async () =>
        (await this.chat(chatId)).messages.find(
          ({ id, byBot, text }) => byBot && id > after && pattern.test(text),
        ),
      { what: `a message in chat ${chatId} like ${pattern}` },
    );
  }

  /** Sends the text to the bot and waits for the answer, which is the next message that comes. */
  async ask(userId: number, text: string): Promise<InboxMessage> {
    const { id } = await this.act<{ id: number }>(`users/${userId}/messages`, { text });
    return this.hears(userId, /./s, { after: id });
  }

  /** The calls that the bot has made, oldest first; `about` keeps those whose parameters say the same. */
  async calls(method?: string, about: Record<string, unknown> = {}): Promise<Call[]> {
    const query = method === undefined ? '' : `?method=${method}`;
    const { calls } = (await http<{ calls: Call[] }>(`${this.url}/sandbox/calls${query}`)).body;
    return calls.filter(({ params }) =>
      Object.entries(about).every(([name, value]) => String(params[name]) === String(value)),
    );
  }
}
