import { Client } from 'pg';

export interface ListenerOptions {
  url: string;
  channels: string[];
  onNotify: (channel: string) => void;
  onConnected?: () => void;
}

/**
 * A connection that listens for NOTIFY and is opened again for as long as it takes when it is lost. Whoever listens
 * must also sweep: what was notified while the connection was down is not repeated, which is why `onConnected` exists.
 */
export class Listener {
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: ListenerOptions) {}

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.options.url,
      application_name: 'karmagate-listener',
      keepAlive: true,
    });
    this.client = client;
    client.on('error', () => {});
    client.on('end', () => this.restartLater());
    client.on('notification', ({ channel }) => this.options.onNotify(channel));
    try {
      await client.connect();
      for (const channel of this.options.channels)
        await client.query(`listen ${client.escapeIdentifier(channel)}`);
      this.options.onConnected?.();
    } catch {
      await client.end().catch(() => {});
      this.restartLater();
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => {});
  }

  private restartLater(): void {
    if (this.stopped || this.retry) return;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      void this.start();
    }, 500);
  }
}
