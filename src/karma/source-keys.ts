import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { run, type Statement } from '../platform/database/statement';
import { Environment } from '../platform/environment';
import { hashSourceKey, signingKey } from './source-secrets';

export interface LiveKey {
  keyId: number;
  sourceId: number;
  sourceName: string;
  keyHash: Buffer;
  signingKey: Buffer;
}

/** A revoked key stops working within this time, in every process. */
const REMEMBERED_MS = 5_000;

const readLiveKeys: Statement = {
  name: 'read-live-keys',
  text: `select source_keys.id, source_id, sources.name, key_hash
         from source_keys join sources on sources.id = source_id where revoked_at is null`,
};

/** Keys that are alive, kept in memory for a few seconds: every event needs one, and there are few. */
@Injectable()
export class SourceKeys {
  private readAt = 0;
  private reading: Promise<void> | undefined;
  private byHash = new Map<string, LiveKey>();
  private byId = new Map<number, LiveKey>();

  constructor(
    private readonly database: Database,
    private readonly environment: Environment,
  ) {}

  async findByKey(key: string): Promise<LiveKey | undefined> {
    await this.refresh();
    return this.byHash.get(hashSourceKey(key).toString('base64'));
  }

  async findById(keyId: number): Promise<LiveKey | undefined> {
    await this.refresh();
    return this.byId.get(keyId);
  }

  forget(): void {
    this.readAt = 0;
  }

  private refresh(): Promise<void> | undefined {
    if (performance.now() - this.readAt < REMEMBERED_MS && this.readAt > 0) return undefined;
    return (this.reading ??= this.read().finally(() => (this.reading = undefined)));
  }

  private async read(): Promise<void> {
    const startedAt = performance.now();
    const rows = await run<{ id: number; source_id: number; name: string; key_hash: Buffer }>(
      this.database.pool,
      readLiveKeys,
    );
    const keys = rows.map((row): LiveKey => ({
      keyId: row.id,
      sourceId: row.source_id,
      sourceName: row.name,
      keyHash: row.key_hash,
      signingKey: signingKey(row.key_hash, this.environment.secretKey),
    }));
    this.byHash = new Map(keys.map((key) => [key.keyHash.toString('base64'), key]));
    this.byId = new Map(keys.map((key) => [key.keyId, key]));
    this.readAt = startedAt;
  }
}
