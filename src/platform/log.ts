import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { redact } from './redact';

/** Structured logs, one JSON line each, with every secret taken out before a line is written. */
export class Log implements LoggerService {
  private readonly pino: Pino;

  constructor(level: string) {
    this.pino = pino({
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: redact },
    });
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest hands over the context as the last string; objects become fields of the line. */
  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = typeof rest.at(-1) === 'string' ? (rest.pop() as string) : undefined;
    const fields = Object.assign(
      {},
      ...rest.filter((part) => typeof part === 'object' && !(part instanceof Error)),
    );
    const failure = [message, ...rest].find((part) => part instanceof Error);
    const text = message instanceof Error ? message.message : String(message);
    this.pino[level]({ context, ...fields, ...(failure ? { err: failure } : {}) }, text);
  }
}
