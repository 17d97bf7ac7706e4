// What every Bot API method is here: it reads parameters, changes the world, and answers or refuses.
import type { Sandbox } from '../sandbox';
import type { Params } from './params';

export type Method = (sandbox: Sandbox, params: Params) => unknown;
