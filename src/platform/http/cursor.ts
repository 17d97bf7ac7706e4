import { z } from 'zod';
import { DomainError } from '../domain-error';

/** Where the next page of a list begins: opaque to callers, the last row's sort key to us. */
export function encodeCursor(key: unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new DomainError('invalid-cursor', 422, 'This cursor is not one of ours: start again without it.');
  }
}

export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
});

export type PageQuery = z.output<typeof pageQuerySchema>;
