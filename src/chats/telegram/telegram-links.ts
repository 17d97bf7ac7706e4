import { Injectable } from '@nestjs/common';
import { PlatformLinks } from '../../people/platform-links';
import { TelegramIdentity } from './telegram-identity';

/** The rights the bot asks for when it is added, and no others. */
const ASKED_RIGHTS = 'invite_users+restrict_members+pin_messages';

@Injectable()
export class TelegramLinks extends PlatformLinks {
  readonly platform = 'telegram';

  constructor(private readonly identity: TelegramIdentity) {
    super();
  }

  async startLink(token: string): Promise<string> {
    return `https://t.me/${await this.identity.username()}?start=${token}`;
  }

  async claimLink(token: string): Promise<string> {
    return `https://t.me/${await this.identity.username()}?startgroup=${token}&admin=${ASKED_RIGHTS}`;
  }
}
