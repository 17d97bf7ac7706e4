import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { run, type Statement } from '../platform/database/statement';
import { Environment } from '../platform/environment';
import { hashSourceKey, signingKey } from './source-secrets';

/** Names the key whose secret signed a request; the key itself is not sent. */
export const KEY_HEADER = 'karmagate-key-id';

export interface LiveKey {
  keyId: number;
  sourceId: number;
  sourceName: string;
  keyHash: Buffer;
  signingKey: Buffer;
}

/** A revoked key stops working within this time, in every process. */
const REMEMBERED_MS = 5_000;
/** A key that is not known may have been made a moment ago by another process. */
const UNKNOWN_REMEMBERED_MS = 500;

const readLiveKeys: Statement = {
  name: 'read-live-keys',
  text: `select source_keys.id, source_id, sources.name, key_hash
         from source_keys join sources on sources.id = source_id where revoked_at is null`,
};

/** Keys that are alive, kept in memory for a few seconds: every event needs one, and there are few. */
@Injectable()
export class SourceKeys {
  private readAt = -Infinity;
  private forgotten = 0;
  private reading: Promise<void> | undefined;
  private byHash = new Map<string, LiveKey>();
  private byId = new Map<number, LiveKey>();

  constructor(
    private readonly database: Database,
    private readonly environment: Environment,
  ) {}

  async findByKey(key: string): Promise<LiveKey | undefined> {
    const hash = hashSourceKey(key).toString('base64');
    await this.refresh(REMEMBERED_MS);
    if (!this.byHash.has(hash)) await this.refresh(UNKNOWN_REMEMBERED_MS);
    return this.byHash.get(hash);
  }

  async findById(keyId: number): Promise<LiveKey | undefined> {
    await this.refresh(REMEMBERED_MS);
    if (!this.byId.has(keyId)) await this.refresh(UNKNOWN_REMEMBERED_MS);
    return this.byId.get(keyId);
  }

  /** Whether a request names a live key, by the key or by its id; what it sends is not looked at. */
  async knows({ authorization, [KEY_HEADER]: keyId }: IncomingHttpHeaders): Promise<boolean> {
    await this.refresh(REMEMBERED_MS);
    if (typeof keyId === 'string') return this.byId.has(Number(keyId));
    const key = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    return key !== undefined && this.byHash.has(hashSourceKey(key).toString('base64'));
  }

  forget(): void {
    this.forgotten += 1;
    this.readAt = -Infinity;
  }

  private refresh(rememberedMs: number): Promise<void> | undefined {
    if (performance.now() - this.readAt < rememberedMs) return undefined;
    return (this.reading ??= this.read().finally(() => (this.reading = undefined)));
  }

  private async read(): Promise<void> {
    const startedAt = performance.now();
    const { forgotten } = this;
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
    // What was read before something was forgotten may still hold it.
    if (forgotten === this.forgotten) this.readAt = startedAt;
  }
}
