// What the bot says about itself: who it is, its commands, and the rights it asks for when it is added.
import type { BotCommand } from '@grammyjs/types';
import { makeRights, type AdminRights } from '../state/rights';
import { showMe } from '../updates/show';
import type { Method } from './method';
import { flagOf, objectOf, textOf, type Params } from './params';
import { refuse } from './refusals';

export const getMe: Method = (sandbox) => showMe(sandbox.world.bot);

export const setMyCommands: Method = (sandbox, params) => {
  const commands = objectOf<BotCommand[]>(params, 'commands', 'badCommands') ?? [];
  if (!Array.isArray(commands) || !commands.every(isCommand)) refuse('badCommands');
  sandbox.world.bot.commands.set(
    listName(params),
    commands.map(({ command, description }) => ({ command: command.replace(/^\//, ''), description })),
  );
  return true;
};

export const getMyCommands: Method = (sandbox, params) =>
  sandbox.world.bot.commands.get(listName(params)) ?? [];

export const deleteMyCommands: Method = (sandbox, params) => {
  sandbox.world.bot.commands.delete(listName(params));
  return true;
};

export const setMyDefaultAdministratorRights: Method = (sandbox, params) => {
  const rights = objectOf<Partial<AdminRights>>(params, 'rights', 'badRights');
  if (flagOf(params, 'for_channels')) return true;
  if (rights === undefined) delete sandbox.world.bot.defaultRights;
  else sandbox.world.bot.defaultRights = makeRights(rights);
  return true;
};

export const getMyDefaultAdministratorRights: Method = (sandbox) => ({
  ...makeRights([]),
  can_manage_chat: false,
  ...sandbox.world.bot.defaultRights,
});

function isCommand(entry: unknown): entry is BotCommand {
  const { command, description } = (entry ?? {}) as Partial<BotCommand>;
  const named = typeof command === 'string' && /^\/?[a-z0-9_]{1,32}$/.test(command);
  return named && typeof description === 'string' && description.length >= 1 && description.length <= 256;
}

/** Each pair of scope and language keeps a list of its own. */
function listName(params: Params): string {
  const scope = objectOf<object>(params, 'scope', 'badCommands') ?? { type: 'default' };
  return `${JSON.stringify(scope)} ${textOf(params, 'language_code') ?? ''}`;
}
