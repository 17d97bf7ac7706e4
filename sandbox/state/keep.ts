// Keeps the world in a file, so that the next start finds the same people and chats. It is written whole beside the
// file and moved into place: a crash leaves the former state, never half of one.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Sandbox } from '../sandbox';
import type { World } from './world';

const WRITE_AFTER_MS = 500;

interface KeptState {
  version: 1;
  world: World;
}

export function readWorld(path: string): World | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const state = JSON.parse(text, revive) as KeptState;
    return state.version === 1 ? state.world : undefined;
  } catch {
    console.warn(`${path} cannot be read as a sandbox: beginning afresh.`);
    return undefined;
  }
}

/** Answers a function that writes what is still unwritten and stops keeping. */
export function keepWorld(sandbox: Sandbox, path: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    const state: KeptState = { version: 1, world: sandbox.world };
    mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.${process.pid}.tmp`;
    writeFileSync(beside, JSON.stringify(state, replace));
    renameSync(beside, path);
  };
  const stopListening = sandbox.news.listen(() => {
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  });
  return () => {
    stopListening();
    if (timer === undefined) return;
    clearTimeout(timer);
    write();
  };
}

function replace(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  if (value instanceof Set) return { $set: [...value] };
  return value;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$map' in value) return new Map(value.$map as [unknown, unknown][]);
  if ('$set' in value) return new Set(value.$set as unknown[]);
  return value;
}
