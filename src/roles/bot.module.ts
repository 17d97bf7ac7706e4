import { Module } from '@nestjs/common';
import { AnnounceCommands } from '../chats/telegram/announce-commands';
import { TelegramBot } from '../chats/telegram/telegram-bot';
import { TelegramInbox } from '../chats/telegram/telegram-inbox';
import { TelegramPoller } from '../chats/telegram/telegram-poller';
import { TelegramTalk } from '../chats/telegram/telegram-talk';
import { TelegramWebhook } from '../chats/telegram/telegram-webhook';
import { TelegramWebhookController } from '../chats/telegram/telegram-webhook.controller';
import { BotChangedHandler } from '../chats/telegram/updates/bot-changed';
import { ChatMigratedHandler } from '../chats/telegram/updates/chat-migrated';
import { ChatsCommand } from '../chats/telegram/updates/chats-command';
import { ClaimGroup } from '../chats/telegram/updates/claim-group';
import { HelpCommand } from '../chats/telegram/updates/help-command';
import { JoinRequestHandler } from '../chats/telegram/updates/join-request';
import { KarmaCommand } from '../chats/telegram/updates/karma-command';
import { LanguageCommand } from '../chats/telegram/updates/language-command';
import { MemberChangedHandler } from '../chats/telegram/updates/member-changed';
import { StartHandler } from '../chats/telegram/updates/start';
import { UnlinkCommand } from '../chats/telegram/updates/unlink-command';
import { UPDATE_HANDLERS, type UpdateHandler } from '../chats/telegram/updates/update-handler';
import { MembershipModule } from '../membership/membership.module';
import { PeopleModule } from '../people/people.module';

/** In this order: the last one answers whatever no other wanted. */
const handlers = [
  ChatMigratedHandler,
  BotChangedHandler,
  MemberChangedHandler,
  JoinRequestHandler,
  StartHandler,
  KarmaCommand,
  ChatsCommand,
  UnlinkCommand,
  LanguageCommand,
  HelpCommand,
];

/** Hears what happens on Telegram and talks with people there. */
@Module({
  imports: [PeopleModule, MembershipModule],
  controllers: [TelegramWebhookController],
  providers: [
    ...handlers,
    { provide: UPDATE_HANDLERS, useFactory: (...all: UpdateHandler[]) => all, inject: handlers },
    AnnounceCommands,
    ClaimGroup,
    TelegramBot,
    TelegramInbox,
    TelegramPoller,
    TelegramTalk,
    TelegramWebhook,
  ],
})
export class BotModule {}
