import type { TestApplication } from './application';
import { http, type HttpAnswer } from './http';

export interface EventResult {
  index: number;
  id: string | null;
  status: 'accepted' | 'duplicate' | 'conflict' | 'invalid';
  karma?: number;
  error?: { code: string; detail: string };
}

export interface EventsAnswer {
  accepted: number;
  duplicates: number;
  rejected: number;
  results: EventResult[];
}

export interface KarmaSource {
  readonly id: number;
  readonly keyId: number;
  readonly key: string;
  readonly signingSecret: string;
  /** Posts one event or a list of them; `url` is the application to post to, when there are several. */
  post(body: unknown, url?: string): Promise<HttpAnswer<EventsAnswer>>;
  /** "accepted", "conflict", or of what is invalid its code, in the order of the events. */
  statuses(body: unknown, url?: string): Promise<string[]>;
  karma(member: string): Promise<number>;
}

/** A site that may send karma. */
export async function startKarmaSource(app: TestApplication, name = 'Forum'): Promise<KarmaSource> {
  const { status, body } = await app.admin<{
    source: { id: number };
    key: { id: number; key: string; signingSecret: string };
  }>('/v1/sources', { body: { name } });
  if (status !== 201) throw new Error(`The source was refused: ${JSON.stringify(body)}`);
  const { id: keyId, key, signingSecret } = body.key;
  const post: KarmaSource['post'] = (events, url = app.url) =>
    http<EventsAnswer>(`${url}/v1/events`, { bearer: key, body: events, method: 'POST' });
  return {
    id: body.source.id,
    keyId,
    key,
    signingSecret,
    post,
    statuses: async (events, url) => {
      const answer = await post(events, url);
      if (!answer.body.results) throw new Error(`No results: ${JSON.stringify(answer.body)}`);
      return answer.body.results.map(({ status, error }) => (status === 'invalid' ? error!.code : status));
    },
    karma: async (member) => {
      const path = `/v1/members/${encodeURIComponent(member)}/karma?limit=1`;
      return (await app.api<{ karma: number }>(path, { bearer: key })).body.karma;
    },
  };
}
