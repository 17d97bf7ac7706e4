/** What people/ needs to know of a platform to send somebody there; each platform in use provides its own. */
export abstract class PlatformLinks {
  abstract readonly platform: string;
  /** The address that, opened by a person, hands the token to our bot. */
  abstract startLink(token: string): Promise<string>;
  /** The address that adds our bot to a chat, with the rights it needs, and hands over the token. */
  abstract claimLink(token: string): Promise<string>;
}
