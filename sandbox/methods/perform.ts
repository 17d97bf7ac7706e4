// One call of the Bot API, from its name and parameters to Telegram's envelope.
import type { Sandbox } from '../sandbox';
import type { ApiAnswer } from './answer';
import type { Method } from './method';
import type { Params } from './params';
import { REFUSALS, Refusal } from './refusals';

export async function perform(
  sandbox: Sandbox,
  methods: Map<string, Method>,
  name: string,
  params: Params,
): Promise<ApiAnswer> {
  const method = methods.get(name.toLowerCase());
  if (method === undefined) {
    const [code, description] = REFUSALS.unknownMethod;
    return { ok: false, error_code: code, description };
  }
  try {
    return { ok: true, result: await method(sandbox, params) };
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error);
    console.error(`The sandbox failed at ${name}:`, error);
    return { ok: false, error_code: 500, description: 'Internal Server Error' };
  }
}

export function refusalAnswer({ code, description, parameters }: Refusal): ApiAnswer {
  const answer: ApiAnswer = { ok: false, error_code: code, description };
  if (parameters !== undefined) answer.parameters = parameters;
  return answer;
}
