// Starts a sandbox in this process: a Telegram for one bot, with people and chats that a control API moves.
// It listens on loopback unless told otherwise, and holds nothing open after stop().
import Fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { chatRoutes } from './control/chats';
import { machineryRoutes } from './control/machinery';
import { memberRoutes } from './control/members';
import { Problem, sendProblem } from './control/problem';
import { userRoutes } from './control/users';
import { DEFAULT_TOKEN, DEFAULT_USERNAME } from './default-bot';
import { botApi } from './http/bot-api';
import { eventRoutes } from './http/events';
import { pageRoutes } from './http/page';
import { acceptBodies } from './http/read-body';
import { perform } from './methods/perform';
import { methodTable } from './methods/table';
import { updateMethods } from './methods/updates';
import type { Sandbox } from './sandbox';
import { makeFaults } from './state/faults';
import { makeJournal } from './state/journal';
import { keepWorld, readWorld } from './state/keep';
import { makeLimits } from './state/limits';
import { makeNews } from './state/news';
import { makeWorld, type World } from './state/world';
import { makePoller } from './updates/poller';
import { makeUpdateQueue } from './updates/update-queue';
import { deliverToWebhook, type WebhookDelivery } from './updates/webhook-delivery';

export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  token?: string;
  botUsername?: string;
  /** Milliseconds since 1970; the machine's clock unless given. */
  clock?: () => number;
  /** Where the world is kept between starts; nowhere unless given. */
  statePath?: string;
  /** The first pause before a failed webhook delivery is tried again; it doubles up to a minute. */
  webhookRetryMs?: number;
}

export interface RunningSandbox {
  /** `http://host:port`, which is also the API root for a bot. */
  url: string;
  port: number;
  token: string;
  botUsername: string;
  /** Everything the sandbox knows. Look, and change it through the control API. */
  readonly world: World;
  stop(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const sandbox = makeSandbox(options);
  const { token, username } = sandbox.world.bot;
  const stopKeeping = options.statePath === undefined ? undefined : keepWorld(sandbox, options.statePath);
  const poller = makePoller();
  const methods = methodTable(updateMethods(poller, () => delivery));
  const delivery: WebhookDelivery = deliverToWebhook(
    sandbox,
    (name, params) => perform(sandbox, methods, name, params),
    options.webhookRetryMs,
  );
  const app = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1024 * 1024 });
  acceptBodies(app);
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Problem) return sendProblem(reply, error.status, error.detail);
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return sendProblem(reply, statusCode, message);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, 404, `There is nothing at ${request.url}.`));
  botApi(app, sandbox, methods);
  await app.register(
    controlRoutes(sandbox, () => delivery.refresh()),
    { prefix: '/sandbox' },
  );
  await app.register(pageRoutes);

  const host = options.host ?? '127.0.0.1';
  try {
    await app.listen({ port: options.port, host });
  } catch (error) {
    delivery.stop();
    stopKeeping?.();
    throw error;
  }
  delivery.refresh();
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    token,
    botUsername: username,
    get world() {
      return sandbox.world;
    },
    async stop() {
      delivery.stop();
      poller.release();
      await app.close();
      stopKeeping?.();
    },
  };
}

function makeSandbox(options: SandboxOptions): Sandbox {
  const token = options.token ?? DEFAULT_TOKEN;
  const username = options.botUsername ?? DEFAULT_USERNAME;
  const kept = options.statePath === undefined ? undefined : readWorld(options.statePath);
  const clock = options.clock ?? Date.now;
  // A world kept for another bot is not this bot's world.
  const world = kept?.bot.token === token ? kept : makeWorld(token, username);
  world.bot.username = username;
  const sandbox: Sandbox = {
    world,
    now: () => clock() + sandbox.world.clockOffset,
    updates: makeUpdateQueue(
      () => sandbox.world,
      () => sandbox.now(),
    ),
    journal: makeJournal(),
    faults: makeFaults(),
    limits: makeLimits(),
    news: makeNews(),
  };
  return sandbox;
}

function controlRoutes(sandbox: Sandbox, onReset: () => void) {
  return async (app: FastifyInstance): Promise<void> => {
    userRoutes(app, sandbox);
    chatRoutes(app, sandbox);
    memberRoutes(app, sandbox);
    machineryRoutes(app, sandbox, onReset);
    eventRoutes(app, sandbox);
  };
}
