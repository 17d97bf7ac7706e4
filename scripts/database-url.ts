import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** DATABASE_URL, or else the embedded database of an `npm start` that is running. */
export async function databaseUrl(): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given) return given;
  const file = join(process.env['DATA_DIR'] || '.data', 'database-url');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new Error(
      'there is no DATABASE_URL, and no embedded database is running: set it, or run "npm start" first.',
    );
  }
}
