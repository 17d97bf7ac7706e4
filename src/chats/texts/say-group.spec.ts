import type { Reason } from '../../membership/entitle.policy';
import { type GroupToSay, sayGroup } from './say-group';
import { Texts } from './texts';

const texts = new Texts();
const short: Reason = { code: 'karma_short', karma: 120, needed: 500, missing: 380 };
const enough: Reason = { code: 'karma_enough', karma: 900, needed: 500 };

function say(group: Partial<Omit<GroupToSay, 'decision'>>, ...reasons: Reason[]): string | undefined {
  const decision = { entitled: reasons.every(({ code }) => code === 'karma_enough'), reasons };
  const rest = { title: 'R&D', standing: 'none', presence: 'out', graceUntil: null } as const;
  return sayGroup(texts, 'en', { ...rest, ...group, decision }, 120);
}

describe('Where somebody stands with a group, in words', () => {
  it('is how far it is, with a bar, when only karma is missing', () => {
    expect(say({}, short)).toBe(
      '<b>R&amp;D</b>: 120 of 500, 380 points to go.\n<code>██░░░░░░░░░░</code> 24 %',
    );
  });

  it('is why it is closed, when more is missing than karma', () => {
    expect(say({}, { code: 'not_linked' }, short)).toBe(
      '<b>R&amp;D</b>: closed. Your account is not linked. You have 120 of 500 karma: 380 points to go.',
    );
  });

  it('is nothing at all, when the group is meant for others', () => {
    expect(say({}, { code: 'audience_missing', audiences: ['staff'] }, short)).toBeUndefined();
  });

  it('is that it is open, or that they are in', () => {
    expect(say({}, enough)).toBe('<b>R&amp;D</b>: open to you. /chats has the button.');
    expect(say({ presence: 'in', standing: 'in' }, enough)).toBe('<b>R&amp;D</b>: you are in ✅');
  });

  it('is until when they have time, when they were warned', () => {
    expect(
      say({ standing: 'at_risk', presence: 'in', graceUntil: '2026-03-04T12:00:00+00:00' }, short),
    ).toMatch(/at risk until March 4, 2026 at 12:00\sPM UTC ⚠️ You have 120 of 500 karma/u);
  });

  it('is what an administrator decided, whatever their karma', () => {
    expect(say({ standing: 'barred', presence: 'banned' }, enough)).toMatch(/an administrator has closed it/);
    expect(say({ standing: 'exempt', presence: 'admin' }, short)).toMatch(/karma does not matter/);
  });

  it('is that they are being removed, while that is under way', () => {
    expect(say({ standing: 'leaving', presence: 'in' }, short)).toMatch(/you are being removed/);
  });
});
