import { startTestSandbox, type TestSandbox } from './sandbox-client';

describe("the sandbox's page", () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
  });

  afterEach(() => sandbox.stop());

  const text = async (path: string) => (await fetch(sandbox.url + path)).text();

  it('brings everything it needs itself, and allows nothing else', async () => {
    const response = await fetch(sandbox.url);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const html = await response.text();
    expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/);
    const wanted = new Set([...html.matchAll(/(?:href|src)="([^#"]+)"/g)].map((match) => match[1] ?? ''));
    const seen = new Set<string>();
    for (const file of wanted) {
      const found = await fetch(`${sandbox.url}/${file}`);
      expect([file, found.status]).toEqual([file, 200]);
      if (!file.endsWith('.js')) continue;
      seen.add(file);
      for (const match of (await found.text()).matchAll(/from '\.\/([\w-]+\.js)'/g))
        wanted.add(match[1] ?? '');
    }
    expect(seen.size).toBeGreaterThan(10);
  });

  it('puts what messages say into the page as text only', async () => {
    for (const file of ['dom.js', 'message.js', 'rich-text.js', 'chat-view.js']) {
      expect(await text(`/${file}`)).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
    }
  });

  it('hears at once that something changed', async () => {
    const stop = new AbortController();
    const response = await fetch(`${sandbox.url}/sandbox/events`, { signal: stop.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const ann = await sandbox.person('Ann');
    let heard = '';
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    while (!heard.includes('data: ')) heard += (await reader.read()).value ?? '';
    stop.abort();
    expect(heard).toContain(JSON.stringify({ kind: 'person', id: ann }));
  });

  it('can show a private chat before anybody wrote in it', async () => {
    const ann = await sandbox.person('Ann');
    expect(await sandbox.control(`/chats/${ann}`)).toMatchObject({ type: 'private', messages: [] });
    expect((await sandbox.bot('sendMessage', { chat_id: ann, text: 'x' })).description).toBe(
      'Bad Request: chat not found',
    );
  });
});
