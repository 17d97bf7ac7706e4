// Calls of the sandbox's control side. A refused one says its sentence in a toast and answers undefined.
import { toast } from './toast.js';

export async function get(path) {
  const response = await fetch(`/sandbox${path}`);
  return response.ok ? response.json() : undefined;
}

export function post(path, body = {}) {
  return send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function remove(path) {
  return send(path, { method: 'DELETE' });
}

async function send(path, init) {
  let response;
  try {
    response = await fetch(`/sandbox${path}`, init);
  } catch {
    toast('The sandbox does not answer.', 'bad');
    return undefined;
  }
  if (response.status === 204) return {};
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  toast(answer.detail ?? 'That did not work.', 'bad');
  return undefined;
}
