import { awaited, httpJson } from './http-json';

interface InboxMessage {
  id: number;
  text: string;
  buttons?: { text: string }[][];
}

/** What people do in the sandbox, by its control API. */
export class SandboxPeople {
  constructor(private readonly url: string) {}

  async person(firstName: string, languageCode: string): Promise<number> {
    const { id } = await this.call<{ id: number }>('users', { firstName, languageCode });
    return id;
  }

  async chat(title: string, ownerId: number): Promise<number> {
    const { id } = await this.call<{ id: number }>('chats', { title, ownerId });
    return id;
  }

  async open(userId: number, url: string, chatId?: number): Promise<void> {
    await this.call(`users/${userId}/open`, { url, ...(chatId === undefined ? {} : { chatId }) });
  }

  async write(userId: number, text: string): Promise<void> {
    await this.call(`users/${userId}/messages`, { text });
  }

  /** Waits for a message of the bot with a button of this label, and presses it. */
  async press(userId: number, label: RegExp): Promise<void> {
    const message = await awaited(`a button ${label.source}`, async () => {
      const { messages } = await httpJson<{ messages: InboxMessage[] }>(
        'GET',
        `${this.url}/sandbox/users/${userId}/inbox`,
      );
      return messages.findLast((candidate) => buttonsOf(candidate).some((text) => label.test(text)));
    });
    const button = buttonsOf(message).find((text) => label.test(text));
    await this.call(`users/${userId}/press`, { messageId: message.id, button });
  }

  /** Waits until a message that matches is pinned in the chat. */
  async seePin(chatId: number, text: RegExp): Promise<void> {
    await awaited(`a pinned message like ${text.source}`, async () => {
      const { pins } = await httpJson<{ pins: { text: string }[] }>(
        'GET',
        `${this.url}/sandbox/chats/${chatId}`,
      );
      return pins.some((pin) => text.test(pin.text)) ? true : undefined;
    });
  }

  private call<T>(path: string, body: object): Promise<T> {
    return httpJson<T>('POST', `${this.url}/sandbox/${path}`, body);
  }
}

function buttonsOf(message: InboxMessage): string[] {
  return (message.buttons ?? []).flat().map(({ text }) => text);
}
