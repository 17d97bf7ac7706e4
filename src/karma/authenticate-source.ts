import { Injectable, type RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock';
import { DomainError } from '../platform/domain-error';
import { bearerToken } from '../platform/http/bearer-token';
import { KEY_HEADER, type LiveKey, SourceKeys } from './source-keys';
import { verifySignature } from './verify-signature';

/** A signature covers the body and neither method nor address: it is good where the body says everything. */
const SIGNED_ADDRESS = '/v1/events';

/** Who sends: told by a source key, or for events by a Standard Webhooks signature over the body exactly as it came. */
@Injectable()
export class AuthenticateSource {
  constructor(
    private readonly keys: SourceKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `unauthorized`, `invalid-signature`, `stale-signature` or `signature-not-accepted` (401). */
  async authenticate(request: RawBodyRequest<FastifyRequest>): Promise<LiveKey> {
    const signatures = request.headers['webhook-signature'];
    if (typeof signatures === 'string') {
      if (request.url === SIGNED_ADDRESS) return this.bySignature(request, signatures);
      throw new DomainError(
        'signature-not-accepted',
        401,
        `Only POST ${SIGNED_ADDRESS} takes signatures: send the source key as "Authorization: Bearer kgk_…" here.`,
      );
    }
    const token = bearerToken(request);
    const key = token ? await this.keys.findByKey(token) : undefined;
    if (key) return key;
    throw new DomainError(
      'unauthorized',
      401,
      'Send a live source key as "Authorization: Bearer kgk_…", or sign the request: docs/sending-karma.md shows how.',
    );
  }

  private async bySignature(request: RawBodyRequest<FastifyRequest>, signatures: string): Promise<LiveKey> {
    const id = header(request, 'webhook-id');
    const timestamp = header(request, 'webhook-timestamp');
    const key = await this.keys.findById(Number(header(request, KEY_HEADER)));
    const body = request.rawBody ?? Buffer.alloc(0);
    const verdict =
      key && verifySignature({ id, timestamp, signatures, body }, key.signingKey, this.clock.now());
    if (key && verdict === 'valid') return key;
    if (verdict === 'stale') {
      throw new DomainError(
        'stale-signature',
        401,
        '"webhook-timestamp" is more than five minutes off: sign with the current time, in seconds since 1970.',
      );
    }
    throw new DomainError(
      'invalid-signature',
      401,
      `The signature does not fit: sign "id.timestamp.body" with the secret of the key named in "${KEY_HEADER}".`,
    );
  }
}

function header(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
