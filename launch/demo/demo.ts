import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the demo community consists of, kept so that a later start and `npm run demo` find it again. */
export interface Demo {
  apiUrl: string;
  sandboxUrl: string;
  sourceKey: string;
  ownerId: number;
  groups: DemoGroup[];
  /** A linked member shortly before a door. */
  newcomer: { externalId: string; name: string; userId: number; group: string; delta: number };
}

export interface DemoGroup {
  id: number;
  title: string;
  chatId: number;
}

const FILE = 'demo.json';

export async function readDemo(dataDir: string): Promise<Demo | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, FILE), 'utf8')) as Demo;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function keepDemo(dataDir: string, demo: Demo): Promise<void> {
  await writeFile(join(dataDir, FILE), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}
