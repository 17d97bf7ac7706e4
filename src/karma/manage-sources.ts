import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../platform/database/database';
import { DomainError } from '../platform/domain-error';
import { Environment } from '../platform/environment';
import { Source } from './source.entity';
import { SourceKey } from './source-key.entity';
import { SourceKeys } from './source-keys';
import { hashSourceKey, newSourceKey, signingSecret } from './source-secrets';
import type { NewKey, SourceView } from './sources.schema';

/** Senders of karma and their keys. A key leaves this house once, when it is made. */
@Injectable()
export class ManageSources {
  constructor(
    private readonly database: Database,
    private readonly environment: Environment,
    private readonly liveKeys: SourceKeys,
  ) {}

  async list(): Promise<SourceView[]> {
    const manager = this.database.entities.manager;
    const sources = await manager.find(Source, { order: { id: 'asc' } });
    const keys = await manager.find(SourceKey, { order: { id: 'asc' } });
    return sources.map((source) => ({
      id: source.id,
      name: source.name,
      createdAt: source.createdAt.toISOString(),
      keys: keys
        .filter((key) => key.sourceId === source.id)
        .map(({ id, hint, createdAt, revokedAt }) => ({
          id,
          hint,
          createdAt: createdAt.toISOString(),
          revokedAt: revokedAt?.toISOString() ?? null,
        })),
    }));
  }

  /** @throws DomainError `source-exists` (409). */
  async create(name: string): Promise<{ source: { id: number; name: string }; key: NewKey }> {
    const { rows } = await this.database.pool.query<{ id: number }>(
      'insert into sources (name) values ($1) on conflict (name) do nothing returning id',
      [name],
    );
    const source = rows[0];
    if (!source) {
      throw new DomainError(
        'source-exists',
        409,
        `There already is a source named "${name}": choose another name.`,
      );
    }
    return { source: { id: source.id, name }, key: await this.addKey(source.id) };
  }

  /** @throws DomainError `unknown-source` (404). */
  async addKey(sourceId: number): Promise<NewKey> {
    const manager = this.database.entities.manager;
    if (!(await manager.existsBy(Source, { id: sourceId }))) {
      throw new DomainError(
        'unknown-source',
        404,
        `There is no source ${sourceId}: GET /v1/sources lists them.`,
      );
    }
    const key = newSourceKey();
    const keyHash = hashSourceKey(key);
    const { id } = await manager.save(SourceKey, { sourceId, keyHash, hint: key.slice(-4) });
    this.liveKeys.forget();
    return { id, key, signingSecret: signingSecret(keyHash, this.environment.secretKey) };
  }

  /** @throws DomainError `unknown-key` (404), also for a key of another source. */
  async revokeKey(sourceId: number, keyId: number): Promise<void> {
    const { affected } = await this.database.entities.manager.update(
      SourceKey,
      { id: keyId, sourceId, revokedAt: IsNull() },
      { revokedAt: () => 'now()' },
    );
    this.liveKeys.forget();
    if (affected) return;
    throw new DomainError(
      'unknown-key',
      404,
      `Source ${sourceId} has no live key ${keyId}: GET /v1/sources lists them.`,
    );
  }
}
