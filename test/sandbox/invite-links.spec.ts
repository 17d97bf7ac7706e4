import type { ChatInviteLink } from '@grammyjs/types';
import { startTestSandbox, type TestSandbox } from './sandbox-client';

describe('invite links in the sandbox', () => {
  let sandbox: TestSandbox;
  let chatId: number;
  let ann: number;
  let ben: number;

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    ({ chatId } = await sandbox.groupWithBot());
    ann = await sandbox.person('Ann');
    ben = await sandbox.person('Ben');
    await sandbox.forgetUpdates();
  });

  afterEach(() => sandbox.stop());

  const make = async (options: object = {}): Promise<ChatInviteLink> =>
    (await sandbox.bot('createChatInviteLink', { chat_id: chatId, ...options })).result;
  const open = (id: number, url: string) => sandbox.control(`/users/${id}/open`, { url });
  const now = () => Math.floor(Date.now() / 1000);

  it('lets in whoever opens one, and tells by which link they came', async () => {
    const link = await make({ name: 'For Ann' });
    expect(link).toMatchObject({
      name: 'For Ann',
      is_primary: false,
      is_revoked: false,
      creates_join_request: false,
    });
    expect(await open(ann, link.invite_link)).toEqual({ outcome: 'joined', chatId });
    expect(await open(ann, link.invite_link)).toEqual({ outcome: 'already', chatId });
    expect(await sandbox.seen('chat_member')).toMatchObject([
      {
        from: { id: ann },
        old_chat_member: { status: 'left', user: { id: ann } },
        new_chat_member: { status: 'member', user: { id: ann } },
        invite_link: { invite_link: link.invite_link, name: 'For Ann' },
      },
    ]);
    expect(await sandbox.seen('message')).toMatchObject([
      { from: { id: ann }, new_chat_members: [{ id: ann }] },
    ]);
  });

  it('counts a member limit by who is inside, so that leaving gives the place back', async () => {
    const { invite_link: url } = await make({ member_limit: 1 });
    expect(await open(ann, url)).toMatchObject({ outcome: 'joined' });
    expect(await open(ben, url)).toMatchObject({ outcome: 'expired', why: 'full' });
    await sandbox.control(`/users/${ann}/leave`, { chatId });
    expect(await open(ben, url)).toMatchObject({ outcome: 'joined' });
  });

  it('gives the place back when the bot throws the member out', async () => {
    const { invite_link: url } = await make({ member_limit: 1 });
    await open(ann, url);
    await sandbox.bot('banChatMember', { chat_id: chatId, user_id: ann });
    expect(await open(ann, url)).toMatchObject({ outcome: 'expired', why: 'banned' });
    expect(await open(ben, url)).toMatchObject({ outcome: 'joined' });
  });

  it('closes a link at its expiry date', async () => {
    const { invite_link: url } = await make({ expire_date: now() + 60 });
    await sandbox.control('/clock', { advanceSeconds: 61 });
    expect(await open(ann, url)).toMatchObject({ outcome: 'expired', why: 'expired' });
  });

  it('revokes its own links, once', async () => {
    const { invite_link: url } = await make();
    const revoked = await sandbox.bot('revokeChatInviteLink', { chat_id: chatId, invite_link: url });
    expect(revoked.result).toMatchObject({ invite_link: url, is_revoked: true });
    expect(await open(ann, url)).toMatchObject({ outcome: 'expired', why: 'revoked' });
    expect(await sandbox.bot('revokeChatInviteLink', { chat_id: chatId, invite_link: url })).toMatchObject({
      description: 'Bad Request: INVITE_HASH_EXPIRED',
    });
    expect(
      await sandbox.bot('editChatInviteLink', { chat_id: chatId, invite_link: url, name: 'x' }),
    ).toMatchObject({ description: 'Bad Request: INVITE_HASH_EXPIRED' });
  });

  it('says everything anew when a link is edited', async () => {
    const { invite_link: url } = await make({ name: 'Old', member_limit: 3 });
    const edited = await sandbox.bot('editChatInviteLink', {
      chat_id: chatId,
      invite_link: url,
      name: 'New',
    });
    expect(edited.result).toMatchObject({ name: 'New' });
    expect(edited.result).not.toHaveProperty('member_limit');
  });

  it('makes the primary link anew when it is exported or revoked', async () => {
    const first = (await sandbox.bot('exportChatInviteLink', { chat_id: chatId })).result;
    const second = (await sandbox.bot('exportChatInviteLink', { chat_id: chatId })).result;
    expect(await open(ann, first)).toMatchObject({ outcome: 'expired' });
    await sandbox.bot('revokeChatInviteLink', { chat_id: chatId, invite_link: second });
    const { invite_link: third } = (await sandbox.bot('getChat', { chat_id: chatId })).result;
    expect([first, second]).not.toContain(third);
    expect(await open(ann, third ?? '')).toMatchObject({ outcome: 'joined' });
  });

  it.each([
    [
      { creates_join_request: true, member_limit: 1 },
      "member limit can't be specified for links requiring administrator approval",
    ],
    [{ expire_date: 1_000_000_000 }, 'EXPIRE_DATE_INVALID'],
    [{ member_limit: 100_000 }, 'USAGE_LIMIT_INVALID'],
  ])('refuses %j', async (options, why) => {
    expect(await sandbox.bot('createChatInviteLink', { chat_id: chatId, ...options })).toEqual({
      ok: false,
      error_code: 400,
      description: `Bad Request: ${why}`,
    });
  });

  it('shows the bot only the beginning of links that others made', async () => {
    const { url } = await sandbox.control(`/chats/${chatId}/links`, {});
    await open(ann, url);
    const [change] = await sandbox.seen('chat_member');
    expect(change?.invite_link?.invite_link).toMatch(/^https:\/\/t\.me\/\+.*\.\.\.$/);
    expect(change?.invite_link?.invite_link).not.toBe(url);
    expect(await sandbox.bot('revokeChatInviteLink', { chat_id: chatId, invite_link: url })).toMatchObject({
      ok: false,
    });
  });

  it('needs the right to invite', async () => {
    await sandbox.control(`/chats/${chatId}/demote-bot`, { rights: ['restrict_members'] });
    for (const method of ['createChatInviteLink', 'exportChatInviteLink', 'revokeChatInviteLink'] as const) {
      expect(await sandbox.bot(method, { chat_id: chatId, invite_link: 'https://t.me/+x' })).toMatchObject({
        error_code: 400,
        description: 'Bad Request: not enough rights to manage chat invite link',
      });
    }
  });

  it('has none for private chats', async () => {
    await sandbox.control(`/users/${ann}/messages`, { text: '/start' });
    expect(await sandbox.bot('createChatInviteLink', { chat_id: ann })).toMatchObject({
      description: "Bad Request: can't invite members to a private chat",
    });
  });

  it('is nothing to somebody with a made-up link', async () => {
    expect(await open(ann, 'https://t.me/+nothingbehindthis')).toEqual({
      outcome: 'expired',
      why: 'unknown',
    });
  });
});
