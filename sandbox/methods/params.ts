// Reading parameters the way Telegram does: numbers and booleans may arrive as text, objects as JSON text,
// and what cannot be read counts as not given.
import { refuse, type RefusalName } from './refusals';

export type Params = Record<string, unknown>;

export function textOf(params: Params, name: string): string | undefined {
  const value = params[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function integerOf(params: Params, name: string): number | undefined {
  const value = params[name];
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,16}$/.test(value.trim())) return undefined;
  return Number(value);
}

export function flagOf(params: Params, name: string): boolean {
  const value = params[name];
  if (typeof value === 'string') return ['true', 'yes', '1'].includes(value.toLowerCase());
  return value === true || value === 1;
}

export function isGiven(params: Params, name: string): boolean {
  const value = params[name];
  return value !== undefined && value !== null && value !== '';
}

/** An object or array, or undefined when not given; anything else is refused in Telegram's words. */
export function objectOf<T extends object>(
  params: Params,
  name: string,
  otherwise: RefusalName,
): T | undefined {
  let value = params[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      refuse(otherwise);
    }
  }
  if (typeof value !== 'object' || value === null) refuse(otherwise);
  return value as T;
}
