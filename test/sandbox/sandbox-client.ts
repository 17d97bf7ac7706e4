// A started sandbox with the two hands that tests move it by: the bot's calls and the control calls, over real HTTP.
import type { ApiMethods, Update } from '@grammyjs/types';
import type { OpenOutcome } from '../../sandbox/control/open';
import type { viewChat, viewLink, viewMessage, viewPerson } from '../../sandbox/control/views';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../sandbox/start-sandbox';
import type { Fault } from '../../sandbox/state/faults';
import type { JournalEntry } from '../../sandbox/state/journal';

type Methods = ApiMethods<never>;
export type Method = keyof Methods;

export interface Answer<Result = unknown> {
  ok: boolean;
  result: Result;
  error_code?: number;
  description?: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
}

/** Everything that some control call answers; which parts are there depends on the call. */
export type ControlAnswer = ReturnType<typeof viewChat> &
  ReturnType<typeof viewPerson> &
  ReturnType<typeof viewMessage> &
  ReturnType<typeof viewLink> &
  Pick<OpenOutcome, 'outcome' | 'why'> & {
    calls: JournalEntry[];
    users: ReturnType<typeof viewPerson>[];
    chats: ReturnType<typeof viewChat>[];
    faults: Fault[];
    detail: string;
  };

export interface TestSandbox extends RunningSandbox {
  bot<M extends keyof Methods>(method: M, params?: object): Promise<Answer<ReturnType<Methods[M]>>>;
  control(path: string, body?: object, method?: string): Promise<ControlAnswer>;
  /** The answer of a control call that is expected to fail, with its status. */
  problem(path: string, body?: object): Promise<{ status: number; detail: string; contentType: string }>;
  /** All updates of the kinds named, confirming nothing. */
  seen<K extends keyof Update>(kind: K): Promise<NonNullable<Update[K]>[]>;
  forgetUpdates(): Promise<void>;
  person(firstName: string, more?: object): Promise<number>;
  /** A supergroup with its owner, and the bot in it with the usual rights unless others are named. */
  groupWithBot(rights?: object | string[], type?: string): Promise<{ chatId: number; ownerId: number }>;
}

export const EVERY_UPDATE = [
  'message',
  'callback_query',
  'chat_member',
  'my_chat_member',
  'chat_join_request',
];
export const BOT_RIGHTS = ['invite_users', 'restrict_members', 'pin_messages', 'delete_messages'];

export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const running = await startSandbox({ port: 0, ...options });

  async function bot<M extends keyof Methods>(
    method: M,
    params: object = {},
  ): Promise<Answer<ReturnType<Methods[M]>>> {
    const response = await post(`${running.url}/bot${running.token}/${method}`, params);
    return (await response.json()) as Answer<ReturnType<Methods[M]>>;
  }

  async function control(path: string, body?: object, method?: string): Promise<ControlAnswer> {
    const url = `${running.url}/sandbox${path}`;
    const response =
      body === undefined ? await fetch(url, { method: method ?? 'GET' }) : await post(url, body);
    const answer = (response.status === 204 ? {} : await response.json()) as ControlAnswer;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${answer.detail}`);
    return answer;
  }

  async function person(firstName: string, more: object = {}): Promise<number> {
    return (await control('/users', { firstName, ...more })).id;
  }

  const client: TestSandbox = Object.assign(running, {
    bot,
    control,
    person,
    async problem(path: string, body: object = {}) {
      const response = await post(`${running.url}/sandbox${path}`, body);
      const { detail } = (await response.json()) as { detail: string };
      return { status: response.status, detail, contentType: response.headers.get('content-type') ?? '' };
    },
    async seen<K extends keyof Update>(kind: K) {
      return running.world.updates.flatMap(({ update }) => {
        const body = update[kind];
        return body === undefined ? [] : [structuredClone(body) as NonNullable<Update[K]>];
      });
    },
    async forgetUpdates() {
      await bot('getUpdates', { offset: 2_000_000_000 });
    },
    async groupWithBot(rights: object | string[] = BOT_RIGHTS, type = 'supergroup') {
      const ownerId = await person('Olga');
      const { id: chatId } = await control('/chats', { title: 'Inner circle', ownerId, type });
      await control(`/chats/${chatId}/add-bot`, { userId: ownerId, rights });
      return { chatId, ownerId };
    },
  });
  await bot('getUpdates', { allowed_updates: EVERY_UPDATE });
  return client;
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
