import type { Presence } from '../membership/standing.policy';
import type { Outcome } from './outcome';

/** A message as every platform can show it: text with the few HTML tags <b>, <i>, <code> and <a>, and rows of buttons. */
export interface Message {
  html: string;
  buttons?: Button[][];
}

export type Button = { label: string } & ({ url: string } | { action: string });

/** The port to a platform. Ids are the platform's own, as text. Repeating any call but `send` changes nothing. */
export interface Gateway {
  readonly platform: string;
  /** To a person or a chat. */
  send(to: string, message: Message): Promise<Outcome<{ messageId: string }>>;
  /** Without a notification. */
  pin(chatId: string, messageId: string): Promise<Outcome>;
  unpin(chatId: string, messageId: string): Promise<Outcome>;
  /** A link that asks to join. */
  createJoinLink(chatId: string): Promise<Outcome<{ link: string }>>;
  approve(chatId: string, userId: string): Promise<Outcome>;
  decline(chatId: string, userId: string): Promise<Outcome>;
  /** Puts somebody out without keeping them out: several calls on some platforms. */
  remove(chatId: string, userId: string): Promise<Outcome>;
  /** Whatever a removal that was broken off has left behind: afterwards nothing keeps them out. */
  finishRemoval(chatId: string, userId: string): Promise<Outcome>;
  presence(chatId: string, userId: string): Promise<Outcome<Presence>>;
}
