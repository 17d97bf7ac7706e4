import { setTimeout as wait } from 'node:timers/promises';

/** One JSON request; anything but success is an error that quotes the answer. */
export async function httpJson<T>(method: string, url: string, body?: unknown, token?: string): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${method} ${new URL(url).pathname} was answered with ${response.status}: ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Looks again and again until there is something, or gives up after ten seconds. */
export async function awaited<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(50);
  }
  throw new Error(`Waited ten seconds in vain for ${what}.`);
}
