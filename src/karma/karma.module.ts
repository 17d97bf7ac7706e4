import { Module } from '@nestjs/common';
import { AuthenticateSource } from './authenticate-source';
import { ManageSources } from './manage-sources';
import { ReadLedger } from './read-ledger';
import { RecordKarma } from './record-karma';
import { SourceKeys } from './source-keys';
import { SourceOrAdminGuard } from './source-or-admin.guard';
import { SourceGuard } from './source.guard';

/** Facts: the ledger and those who may write to it. */
@Module({
  providers: [
    RecordKarma,
    ReadLedger,
    ManageSources,
    SourceKeys,
    AuthenticateSource,
    SourceGuard,
    SourceOrAdminGuard,
  ],
  exports: [RecordKarma, ReadLedger, ManageSources, AuthenticateSource, SourceGuard, SourceOrAdminGuard],
})
export class KarmaModule {}
