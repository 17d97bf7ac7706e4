import { startApplication, type TestApplication } from '../support/application';
import { type KarmaSource, startKarmaSource } from '../support/karma-source';
import { type Linking, startLinking } from '../support/linking';

let app: TestApplication;
let forum: KarmaSource;
let linking: Linking;

beforeAll(async () => {
  app = await startApplication({ ROLES: 'api' });
  forum = await startKarmaSource(app);
  linking = startLinking(app, forum);
});

afterAll(() => app.stop());

describe('One account and one member', () => {
  it('belong together: an account that is linked cannot be linked to another member', async () => {
    const [one, other] = [await linking.member(), await linking.member()];
    const holder = linking.somebody();
    await linking.link.confirm((await linking.ticketFor(one)).token, holder);

    expect((await linking.link.confirm((await linking.ticketFor(other)).token, holder)).verdict).toBe(
      'account_taken',
    );
    expect(await linking.accountOf(other)).toBeUndefined();
  });

  it('belong together: a member who has an account gets no second one', async () => {
    const name = await linking.member();
    const [first, second] = [await linking.ticketFor(name), await linking.ticketFor(name)];
    const holder = linking.somebody();
    await linking.link.confirm(first.token, holder);

    expect((await linking.link.confirm(second.token, linking.somebody())).verdict).toBe(
      'member_has_other_account',
    );
    expect(await linking.accountOf(name)).toBe(holder.platformUserId);
  });

  it('belong together, also when two tickets of one member are confirmed by two people at once', async () => {
    const name = await linking.member();
    const tickets = [
      await linking.ticketFor(name),
      await linking.ticketFor(name),
      await linking.ticketFor(name),
    ];

    const verdicts = await Promise.all(
      tickets.map(({ token }) => linking.link.confirm(token, linking.somebody())),
    );

    expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual([
      'member_has_other_account',
      'member_has_other_account',
      'valid',
    ]);
  });

  it('belong together, also when one person confirms the tickets of two members at once', async () => {
    const names = [await linking.member(), await linking.member(), await linking.member()];
    const tickets = await Promise.all(names.map(linking.ticketFor));
    const holder = linking.somebody();

    const verdicts = await Promise.all(tickets.map(({ token }) => linking.link.confirm(token, holder)));

    expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual([
      'account_taken',
      'account_taken',
      'valid',
    ]);
  });
});

describe('Unlinking by the site', () => {
  const unlink = (name: string, platform = 'telegram') =>
    app.api<{ type: string }>(`/v1/members/${name}/accounts/${platform}`, {
      method: 'DELETE',
      bearer: forum.key,
    });

  it('takes the account away, has the member looked at, and frees the account for another', async () => {
    const [name, other] = [await linking.member(), await linking.member()];
    const holder = linking.somebody();
    await linking.link.confirm((await linking.ticketFor(name)).token, holder);
    const before = await linking.dueVersion(name);

    expect((await unlink(name)).status).toBe(204);

    expect(await linking.accountOf(name)).toBeUndefined();
    expect(await linking.dueVersion(name)).toBeGreaterThan(before);
    expect((await linking.link.confirm((await linking.ticketFor(other)).token, holder)).verdict).toBe(
      'valid',
    );
  });

  it('does not bring the ticket back that linked it', async () => {
    const name = await linking.member();
    const { token } = await linking.ticketFor(name);
    const holder = linking.somebody();
    await linking.link.confirm(token, holder);
    await unlink(name);

    expect((await linking.link.confirm(token, holder)).verdict).toBe('used');
  });

  it('of what is not linked, not known or not a platform is refused', async () => {
    const answers = [
      await unlink(await linking.member()),
      await unlink('nobody'),
      await unlink('nobody', 'icq'),
    ];

    expect(answers.map(({ status, body }) => [status, body.type])).toEqual([
      [404, 'urn:karmagate:not-linked'],
      [404, 'urn:karmagate:unknown-member'],
      [422, 'urn:karmagate:invalid-request'],
    ]);
  });
});
