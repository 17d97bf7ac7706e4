import { z } from 'zod';

/** One of our own ids in a path. */
export const idSchema = z.coerce.number('must be a number').int().min(1).max(Number.MAX_SAFE_INTEGER);
