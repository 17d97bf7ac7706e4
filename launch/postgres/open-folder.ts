import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder. Root makes it for another account to work in, which must be able to enter whatever the umask says;
 * folders that were there keep their mode.
 */
export async function makeOpenFolder(folder: string): Promise<void> {
  const topmost = await mkdir(folder, { recursive: true });
  if (topmost === undefined || process.getuid?.() !== 0) return;
  for (let made = folder; made.length >= topmost.length; made = dirname(made)) await chmod(made, 0o755);
}
