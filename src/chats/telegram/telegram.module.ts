import { Global, Module } from '@nestjs/common';
import { MembershipModule } from '../../membership/membership.module';
import { PlatformLinks } from '../../people/platform-links';
import { GATEWAYS, Gateways } from '../gateways';
import { GroupTrouble } from '../group-trouble';
import { Pacer } from '../pacer';
import { Texts } from '../texts/texts';
import { TelegramApi } from './telegram-api';
import { TelegramGateway } from './telegram-gateway';
import { TelegramIdentity } from './telegram-identity';
import { TelegramLinks } from './telegram-links';

/** The way out to Telegram, and what the floors below need to know of it. */
@Global()
@Module({
  imports: [MembershipModule],
  providers: [
    Pacer,
    Texts,
    TelegramApi,
    TelegramGateway,
    TelegramIdentity,
    GroupTrouble,
    { provide: GATEWAYS, useFactory: (telegram: TelegramGateway) => [telegram], inject: [TelegramGateway] },
    Gateways,
    { provide: PlatformLinks, useClass: TelegramLinks },
  ],
  exports: [Gateways, PlatformLinks, TelegramApi, TelegramGateway, TelegramIdentity, GroupTrouble, Texts],
})
export class TelegramModule {}
