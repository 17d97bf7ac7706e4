export interface HttpAnswer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface HttpCall {
  method?: string;
  headers?: Record<string, string>;
  /** Text and bytes go out as they are, anything else as JSON. */
  body?: unknown;
  bearer?: string;
  redirect?: 'follow' | 'manual';
  signal?: AbortSignal;
}

/** One HTTP call; a JSON answer is parsed, any other is text. Every status is an answer, only a lost connection throws. */
export async function http<Body = unknown>(url: string, call: HttpCall = {}): Promise<HttpAnswer<Body>> {
  const { bearer, body, redirect, signal } = call;
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const headers = {
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(raw ? {} : { 'content-type': 'application/json' }),
    ...call.headers,
  };
  const response = await fetch(url, {
    method: call.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    body: raw ? (body as RequestInit['body']) : JSON.stringify(body),
    redirect,
    signal,
  });
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text ? JSON.parse(text) : text) as Body,
  };
}
