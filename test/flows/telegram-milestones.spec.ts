import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { plantInsider } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';

describe('A milestone in a Telegram group', () => {
  let app: TestApplication;
  let community: Community;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
  }, 60_000);

  afterAll(() => app.stop());

  /** A group with three milestones and one member, who is inside with 10 karma. */
  const groupWithMember = async (name: string): Promise<TestGroup> => {
    const group = await community.group({ audiences: [name], admitAt: 10, graceHours: 72 }, name);
    await app.admin(`/v1/groups/${group.id}/milestones`, {
      method: 'PUT',
      body: { milestones: [{ karma: 100 }, { karma: 200 }, { karma: 300 }] },
    });
    await plantInsider(app, community, group, name, { karma: 10, audiences: [name] });
    return group;
  };
  const pins = async ({ chatId }: TestGroup) =>
    (await app.telegram.chat(chatId)).pins.map(({ text }) => text);
  const isPinned = (group: TestGroup, text: string) =>
    until(async () => (await pins(group)).includes(text), { what: `"${text}" to be pinned` });
  const news = async ({ chatId }: TestGroup) =>
    (await app.telegram.chat(chatId)).messages
      .filter(({ byBot, note, text }) => byBot && !note && text.startsWith('🎉'))
      .map(({ text }) => text);

  it('is posted and pinned without a sound, takes the place of the one before, and leaves a human’s pin alone', async () => {
    const group = await groupWithMember('rosa');
    await community.earn('rosa', 90);
    await isPinned(group, '🎉 rosa has reached 100 karma!');
    // Pinned by the owner between the two: it is the newest pin, which an unpin without an id would take away.
    await app.telegram.act(`chats/${group.chatId}/pin`, { text: 'House rules' });
    await community.earn('rosa', 100);
    await isPinned(group, '🎉 rosa has reached 200 karma!');
    await quiescence(app);

    expect((await pins(group)).toSorted()).toEqual(['House rules', '🎉 rosa has reached 200 karma!']);
    const pinned = await app.telegram.calls('pinChatMessage', { chat_id: group.chatId });
    expect(pinned.map(({ params }) => params['disable_notification'])).toEqual([true, true]);
    const unpinned = await app.telegram.calls('unpinChatMessage', { chat_id: group.chatId });
    expect(unpinned.map(({ params }) => params['message_id'])).toEqual([pinned[0]!.params['message_id']]);
  });

  it('is celebrated once: not again after a fall, and a leap over several is one message', async () => {
    const group = await groupWithMember('tim');
    await community.earn('tim', 90);
    await isPinned(group, '🎉 tim has reached 100 karma!');
    await community.earn('tim', -50);
    await community.earn('tim', 49);
    await community.earn('tim', 1);
    await community.earn('tim', 250);
    await isPinned(group, '🎉 tim has reached 300 karma!');
    await quiescence(app);
    expect(await news(group)).toEqual(['🎉 tim has reached 100 karma!', '🎉 tim has reached 300 karma!']);
    expect(await pins(group)).toEqual(['🎉 tim has reached 300 karma!']);
  });

  it('that follows before the one before is pinned is posted as well', async () => {
    const group = await groupWithMember('uma');
    await app.telegram.fault({ kind: 'error', method: 'pinChatMessage', chatId: group.chatId, times: 2 });
    await community.earn('uma', 90);
    await until(async () => (await news(group)).length === 1, { what: 'the first milestone' });
    await community.earn('uma', 100);
    await isPinned(group, '🎉 uma has reached 200 karma!');
    await quiescence(app);
    expect(await news(group)).toEqual(['🎉 uma has reached 100 karma!', '🎉 uma has reached 200 karma!']);
    expect(await pins(group)).toEqual(['🎉 uma has reached 200 karma!']);
  });

  it('is pinned and replaced also when answers to pinning and unpinning get lost', async () => {
    const group = await groupWithMember('vera');
    const lost = { kind: 'lostReply', chatId: group.chatId } as const;
    await app.telegram.fault({ ...lost, method: 'pinChatMessage', times: 2 });
    await app.telegram.fault({ ...lost, method: 'unpinChatMessage' });
    await community.earn('vera', 90);
    await isPinned(group, '🎉 vera has reached 100 karma!');
    await quiescence(app);
    await community.earn('vera', 100);
    await isPinned(group, '🎉 vera has reached 200 karma!');
    await quiescence(app);
    expect(await pins(group)).toEqual(['🎉 vera has reached 200 karma!']);
    expect(await news(group)).toHaveLength(2);
  });
});
