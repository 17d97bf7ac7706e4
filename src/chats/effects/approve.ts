import type { Performer } from './performer';

export const approve: Performer = async ({ group, payload }, { gateway }) =>
  gateway.approve(group.chatId!, payload.userId!);
