import { startApplication, type TestApplication } from '../support/application';
import { type Community, startCommunity, type TestGroup } from '../support/community';
import { plantCrowd } from '../support/crowd';
import { quiescence } from '../support/quiescence';
import { until } from '../support/until';
import { wipeQueue } from '../support/wipe-queue';

/** More than a worker performs at once, so that some wait in the queue. */
const MEMBERS = 70;
const AT_ONCE = 40;

describe('A queue that is wiped in the middle of the work', () => {
  let app: TestApplication;
  let community: Community;
  let lounge: TestGroup;

  beforeAll(async () => {
    app = await startApplication({ TELEGRAM_MESSAGES_PER_SECOND: '1000' });
    community = await startCommunity(app);
    lounge = await community.group({ audiences: [], admitAt: 100, graceHours: 72 });
  }, 60_000);

  afterAll(() => app.stop());

  it('loses nothing: everybody who crossed is invited, and nobody twice', async () => {
    const names = Array.from({ length: MEMBERS }, (_, index) => `crowd-${index}`);
    const crowd = await plantCrowd(app, community, names);
    await quiescence(app);
    await app.telegram.fault({ kind: 'slow', method: 'sendMessage', times: AT_ONCE, delayMs: 3000 });

    await Promise.all(names.slice(0, 60).map((name) => community.earn(name, 100)));
    const invitations = async () =>
      (await app.telegram.calls('sendMessage')).filter(({ params }) =>
        String(params['text']).startsWith('The door to'),
      );
    await until(async () => (await invitations()).length === AT_ONCE, {
      what: 'workers to have their hands full',
    });
    expect(await wipeQueue(app)).toBeGreaterThan(0);
    // And once more in the moment in which events are taken.
    await Promise.all([...names.slice(60).map((name) => community.earn(name, 100)), wipeQueue(app)]);

    await quiescence(app, 40_000);
    for (const { userId } of crowd) {
      const texts = (await app.telegram.inbox(userId)).map(({ text }) => text);
      expect(texts).toEqual([expect.stringContaining(`The door to ${lounge.title} is open`)]);
    }
  }, 60_000);
});
