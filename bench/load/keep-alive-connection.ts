import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  status: number;
  body: string;
}

/**
 * One HTTP/1.1 connection with one request at a time. Node's own client costs as much as the server that is measured,
 * and both share the machine's cores: this one writes ready bytes and reads the status, the length and the body.
 */
export class KeepAliveConnection {
  private received = '';
  private bodyFrom = 0;
  private endsAt = 0;
  private answered: ((answer: HttpAnswer) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.take(text));
  }

  static async open(port: number): Promise<KeepAliveConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new KeepAliveConnection(socket);
  }

  exchange(request: Buffer): Promise<HttpAnswer> {
    this.socket.write(request);
    return new Promise((answered) => (this.answered = answered));
  }

  close(): void {
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received = this.received === '' ? text : this.received + text;
    if (this.endsAt === 0 && !this.readHead()) return;
    if (this.received.length < this.endsAt) return;
    const answer = {
      status: Number(this.received.slice(9, 12)),
      body: this.received.slice(this.bodyFrom, this.endsAt),
    };
    this.received = '';
    this.endsAt = 0;
    this.answered?.(answer);
  }

  private readHead(): boolean {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.received.slice(0, end))?.[1];
    if (length === undefined) throw new Error(`An answer without a length: ${this.received.slice(0, end)}`);
    this.bodyFrom = end + 4;
    this.endsAt = this.bodyFrom + Number(length);
    return true;
  }
}
