import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOCALES } from '../../platform/locale';
import { Texts } from '../texts/texts';
import { TelegramApi } from './telegram-api';

const COMMANDS = ['karma', 'chats', 'language', 'unlink', 'help'] as const;

/** Puts the commands into the menu of people's apps, in their languages. */
@Injectable()
export class AnnounceCommands implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('telegram');
  private announcing: Promise<void> | undefined;

  constructor(
    private readonly api: TelegramApi,
    private readonly texts: Texts,
  ) {}

  onApplicationBootstrap(): void {
    this.announcing = this.announce().catch((error: Error) => {
      this.log.warn(`the commands could not be announced: ${error.message}`);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.announcing;
  }

  private async announce(): Promise<void> {
    for (const locale of LOCALES) {
      const answer = await this.api.call('setMyCommands', {
        commands: COMMANDS.map((command) => ({
          command,
          description: this.texts.plain(locale, `command-${command}`),
        })),
        scope: { type: 'all_private_chats' },
        ...(locale === 'en' ? {} : { language_code: locale }),
      });
      if (answer.kind !== 'done') {
        this.log.warn(
          `the commands could not be announced in "${locale}": ${'problem' in answer ? answer.problem : answer.kind}`,
        );
      }
    }
  }
}
