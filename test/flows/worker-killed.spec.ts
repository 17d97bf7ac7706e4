import { startApplication, type TestApplication } from '../support/application';
import type { ApplicationProcess } from '../support/application-process';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { until } from '../support/until';

const WITHIN_MS = 15_000;

describe('A worker that is killed in the middle of its work', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication({ ROLES: 'api,bot' });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, graceHours: 0 }, 'Lounge');
  }, 60_000);

  afterAll(() => app.stop());

  const worker = () => app.spawn({ ROLES: 'worker' });

  /** Kills the one that is at work, has another take its place, and waits for what it must do from then on. */
  const replace = async (
    dying: ApplicationProcess,
    what: string,
    done: () => Promise<boolean>,
  ): Promise<ApplicationProcess> => {
    await dying.kill();
    const killedAt = performance.now();
    const next = await worker();
    await until(done, { what, timeoutMs: WITHIN_MS - (performance.now() - killedAt) });
    return next;
  };

  it('has it done again within 15 s, twice in a row, and leaves nobody banned', async () => {
    const first = await worker();
    const anna = await community.member('anna', 0);
    const boris = await community.member('boris', 100);
    await community.people.press(boris.userId, /^Join/);
    await community.standing('boris', lounge.id, 'in');
    const written = (await app.telegram.calls('sendMessage', { chat_id: anna.userId })).length;
    const invitations = async () =>
      (await app.telegram.calls('sendMessage', { chat_id: anna.userId })).length - written;

    // Held until their worker is dead: an invitation, twice, and the second half of a removal.
    const hang = { kind: 'timeout', delayMs: 60_000 } as const;
    await app.telegram.fault({ ...hang, method: 'sendMessage', chatId: anna.userId, times: 2 });
    await app.telegram.fault({ ...hang, method: 'unbanChatMember', chatId: lounge.chatId });
    await community.earn('boris', -50);
    await until(async () => (await app.telegram.calls('unbanChatMember')).length === 1, {
      what: 'the ban to be lifted',
    });
    expect(await app.telegram.status(lounge.chatId, boris.userId)).toBe('kicked');
    await community.earn('anna', 100);
    await until(async () => (await invitations()) === 1, { what: 'the invitation' });

    const second = await replace(
      first,
      'the invitation to be sent again, and the ban to be lifted',
      async () =>
        (await invitations()) === 2 && (await app.telegram.status(lounge.chatId, boris.userId)) === 'left',
    );
    await replace(second, 'the invitation to arrive', async () =>
      (await app.telegram.inbox(anna.userId)).some(({ text }) => /door to Lounge is open/.test(text)),
    );
    await community.standing('anna', lounge.id, 'invited');
    await community.standing('boris', lounge.id, 'none');
    expect(await invitations()).toBe(3);
  }, 60_000);
});
