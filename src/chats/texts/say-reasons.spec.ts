import type { Reason } from '../../membership/entitle.policy';
import { sayReasons } from './say-reasons';
import { Texts } from './texts';

const texts = new Texts();
const short: Reason = { code: 'karma_short', karma: 120, needed: 500, missing: 380 };

describe('The reasons of a decision', () => {
  it.each<[Reason, string, string]>([
    [
      { code: 'karma_enough', karma: 1200, needed: 500 },
      'You have 1,200 karma, and 500 is enough.',
      'Ваша карма — 1 200, этого достаточно: нужно 500.',
    ],
    [short, 'You have 120 of 500 karma: 380 points to go.', 'У вас 120 из 500 кармы: не хватает 380 баллов.'],
    [
      { ...short, karma: 499, missing: 1 },
      'You have 499 of 500 karma: one point to go.',
      'У вас 499 из 500 кармы: не хватает 1 балла.',
    ],
    [
      { code: 'audience_missing', audiences: ['webmasters', 'staff'] },
      'It is only for: webmasters, staff.',
      'Только для: webmasters, staff.',
    ],
    [{ code: 'not_linked' }, 'Your account is not linked.', 'Ваш аккаунт не привязан.'],
  ])('%j in words', (reason, english, russian) => {
    expect(sayReasons(texts, 'en', [reason])).toBe(english);
    expect(sayReasons(texts, 'ru', [reason]).replaceAll('\u00a0', ' ')).toBe(russian);
  });

  it('are one sentence each', () => {
    expect(sayReasons(texts, 'en', [{ code: 'not_linked' }, short])).toBe(
      'Your account is not linked. You have 120 of 500 karma: 380 points to go.',
    );
    expect(sayReasons(texts, 'en', [])).toBe('');
  });
});
