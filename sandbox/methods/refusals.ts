// Telegram's own words for everything it refuses, in one table. Telegram lowers the first letter of a sentence and
// leaves ALL_CAPS codes of its inner servers as they are; whoever reads them should compare without regard to case.
import type { ResponseParameters } from '@grammyjs/types';

export const REFUSALS = {
  unauthorized: [401, 'Unauthorized'],
  badToken: [404, 'Not Found'],
  unknownMethod: [404, 'Not Found: method not found'],
  badJson: [400, "Bad Request: can't parse JSON object"],
  pollingWithWebhook: [
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  ],
  secondPoller: [
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  ],
  pollerAndWebhook: [409, 'Conflict: terminated by setWebhook request'],
  webhookSecret: [400, 'Bad Request: secret token contains unallowed characters'],
  webhookUrl: [400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook'],
  malformedUrl: [400, 'Bad Request: bad webhook: invalid webhook URL specified'],

  chatIdEmpty: [400, 'Bad Request: chat_id is empty'],
  chatNotFound: [400, 'Bad Request: chat not found'],
  upgraded: [400, 'Bad Request: group chat was upgraded to a supergroup chat'],
  groupDeleted: [403, 'Forbidden: the group chat was deleted'],
  kickedFromGroup: [403, 'Forbidden: bot was kicked from the group chat'],
  kickedFromSupergroup: [403, 'Forbidden: bot was kicked from the supergroup chat'],
  notInGroup: [403, 'Forbidden: bot is not a member of the group chat'],
  notInSupergroup: [403, 'Forbidden: bot is not a member of the supergroup chat'],
  blocked: [403, 'Forbidden: bot was blocked by the user'],
  neverStarted: [403, "Forbidden: bot can't initiate conversation with a user"],
  deactivated: [403, 'Forbidden: user is deactivated'],
  toItself: [403, "Forbidden: the bot can't send messages to the bot"],

  textEmpty: [400, 'Bad Request: message text is empty'],
  textTooLong: [400, 'Bad Request: message is too long'],
  replyNotFound: [400, 'Bad Request: message to be replied not found'],
  parseMode: [400, 'Bad Request: unsupported parse_mode'],
  badEntities: [400, "Bad Request: can't parse entities JSON object"],
  badMarkup: [400, 'Bad Request: object expected as reply markup'],
  buttonKind: [
    400,
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  buttonData: [400, 'Bad Request: BUTTON_DATA_INVALID'],
  noRightToSend: [400, 'Bad Request: not enough rights to send text messages to the chat'],
  noMessageId: [400, 'Bad Request: message identifier is not specified'],
  editNotFound: [400, 'Bad Request: message to edit not found'],
  notEditable: [400, "Bad Request: message can't be edited"],
  notModified: [
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  ],
  deleteNotFound: [400, 'Bad Request: message to delete not found'],
  notDeletable: [400, "Bad Request: message can't be deleted"],
  oldQuery: [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'],
  chatAction: [400, 'Bad Request: wrong parameter action in request'],

  pinNotFound: [400, 'Bad Request: message to pin not found'],
  unpinNotFound: [400, 'Bad Request: message to unpin not found'],
  noRightToPin: [400, 'Bad Request: not enough rights to manage pinned messages in the chat'],
  serviceUnpinnable: [400, "Bad Request: service messages can't be pinned"],
  nothingToPin: [400, 'Bad Request: CHAT_NOT_MODIFIED'],

  linkInPrivate: [400, "Bad Request: can't invite members to a private chat"],
  noRightToInvite: [400, 'Bad Request: not enough rights to manage chat invite link'],
  limitWithRequest: [
    400,
    "Bad Request: member limit can't be specified for links requiring administrator approval",
  ],
  expireDate: [400, 'Bad Request: EXPIRE_DATE_INVALID'],
  usageLimit: [400, 'Bad Request: USAGE_LIMIT_INVALID'],
  linkGone: [400, 'Bad Request: INVITE_HASH_EXPIRED'],
  primaryLink: [400, 'Bad Request: CHAT_INVITE_PERMANENT'],

  requestsInPrivate: [400, "Bad Request: the chat can't have join requests"],
  noRightToAdmit: [400, 'Bad Request: not enough rights to manage chat join requests'],
  noRequest: [400, 'Bad Request: HIDE_REQUESTER_MISSING'],
  alreadyIn: [400, 'Bad Request: USER_ALREADY_PARTICIPANT'],
  requesterGone: [400, 'Bad Request: INPUT_USER_DEACTIVATED'],
  oldJoinQuery: [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'],
  joinQueryResult: [400, 'Bad Request: invalid result specified'],

  userIdInvalid: [400, 'Bad Request: invalid user_id specified'],
  userUnknown: [400, 'Bad Request: user not found'],
  participantInvalid: [400, 'Bad Request: PARTICIPANT_ID_INVALID'],
  requesterInvalid: [400, 'Bad Request: USER_ID_INVALID'],
  memberNotFound: [400, 'Bad Request: member not found'],
  notParticipant: [400, 'Bad Request: USER_NOT_PARTICIPANT'],
  banInPrivate: [400, "Bad Request: can't ban members in private chats"],
  removeOwner: [400, "Bad Request: can't remove chat owner"],
  restrictSelf: [400, "Bad Request: can't restrict self"],
  promoteSelf: [400, "Bad Request: can't promote self"],
  isAdmin: [400, 'Bad Request: user is an administrator of the chat'],
  noRightToRestrict: [400, 'Bad Request: not enough rights to restrict/unrestrict chat member'],
  noRights: [400, 'Bad Request: not enough rights'],
  adminRequired: [400, 'Bad Request: CHAT_ADMIN_REQUIRED'],
  rightForbidden: [400, 'Bad Request: RIGHT_FORBIDDEN'],
  notMutualContact: [400, 'Bad Request: USER_NOT_MUTUAL_CONTACT'],
  onlyChannels: [400, 'Bad Request: method is available for supergroup and channel chats only'],
  onlySupergroups: [400, 'Bad Request: method is available only for supergroups'],
  privateAdmins: [400, 'Bad Request: there are no administrators in the private chat'],
  titleEmpty: [400, 'Bad Request: title must be non-empty'],
  noRightToTitle: [400, 'Bad Request: not enough rights to change chat title'],
  titlePrivate: [400, "Bad Request: can't change private chat title"],
  leavePrivate: [400, "Bad Request: chat member status can't be changed in private chats"],
  badPermissions: [400, "Bad Request: can't parse permissions: object expected"],
  badCommands: [400, 'Bad Request: BOT_COMMAND_INVALID'],
  badRights: [400, "Bad Request: can't parse rights: object expected"],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalName = keyof typeof REFUSALS;

export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: ResponseParameters,
  ) {
    super(description);
  }
}

export function refuse(name: RefusalName, parameters?: ResponseParameters): never {
  const [code, description] = REFUSALS[name];
  throw new Refusal(code, description, parameters);
}
