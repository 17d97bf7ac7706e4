import { Inject, Injectable } from '@nestjs/common';
import type { Gateway } from './gateway';

export const GATEWAYS = Symbol('gateways');

/** The platforms in use. */
@Injectable()
export class Gateways {
  private readonly byPlatform: Map<string, Gateway>;

  constructor(@Inject(GATEWAYS) gateways: Gateway[]) {
    this.byPlatform = new Map(gateways.map((gateway) => [gateway.platform, gateway]));
  }

  of(platform: string): Gateway {
    const gateway = this.byPlatform.get(platform);
    if (!gateway) throw new Error(`There is no gateway to "${platform}".`);
    return gateway;
  }
}
