import * as fc from 'fast-check';
import { MAX_DELTA, MAX_EVENTS } from './event.schema';
import { readEvents } from './read-events';

const good = { id: 'e1', member: 'rosa', delta: 10 };

function whyNot(candidate: unknown): string | undefined {
  const [entry] = readEvents(candidate);
  return entry && 'refused' in entry ? entry.refused.error?.detail : undefined;
}

describe('What a site sends', () => {
  it('is one event or a list of them', () => {
    expect(readEvents(good)).toEqual([{ event: good }]);
    expect(readEvents([good, { ...good, id: 'e2' }])).toHaveLength(2);
  });

  it('may be as large as the contract says', () => {
    const widest = {
      id: 'i'.repeat(200),
      member: '𝒓𝒐𝒔𝒂 😀 роза 玫瑰',
      delta: -MAX_DELTA,
      reason: 'r'.repeat(500),
      at: '2026-03-01T12:00:00.123456+05:30',
      audiences: Array.from({ length: 20 }, (_, index) => `audience-${index}`),
    };

    expect(readEvents(widest)).toEqual([{ event: widest }]);
    expect(readEvents(Array.from({ length: MAX_EVENTS }, () => good))).toHaveLength(MAX_EVENTS);
  });

  it('may leave out the delta only to reverse another event', () => {
    expect(whyNot({ id: 'e2', member: 'rosa', reverses: 'e1' })).toBeUndefined();
    expect(whyNot({ id: 'e2', member: 'rosa' })).toMatch(/^"delta" is wrong: is required/);
  });

  it.each([
    ['an id that is empty', { ...good, id: '' }, /^"id" is wrong/],
    ['an id of 201 characters', { ...good, id: 'i'.repeat(201) }, /^"id" is wrong/],
    ['an id that is a number', { ...good, id: 7 }, /^"id" is wrong/],
    ['no member', { id: 'e1', delta: 1 }, /^"member" is wrong/],
    ['a NUL in the member', { ...good, member: 'ro\0sa' }, /^"member" is wrong: must be well-formed text/],
    [
      'half of a surrogate pair',
      { ...good, reason: '\ud800' },
      /^"reason" is wrong: must be well-formed text/,
    ],
    ['a delta that is text', { ...good, delta: '10' }, /^"delta" is wrong/],
    ['a fraction', { ...good, delta: 0.5 }, /^"delta" is wrong/],
    ['a delta above the limit', { ...good, delta: MAX_DELTA + 1 }, /^"delta" is wrong/],
    ['a delta below the limit', { ...good, delta: -MAX_DELTA - 1 }, /^"delta" is wrong/],
    ['a delta that is null', { ...good, delta: null }, /^"delta" is wrong/],
    ['a time without a zone', { ...good, at: '2026-03-01T12:00:00' }, /^"at" is wrong/],
    ['a day that does not exist', { ...good, at: '2026-02-30T12:00:00Z' }, /^"at" is wrong/],
    ['an audience that is no slug', { ...good, audiences: ['Web Masters'] }, /^"audiences\/0" is wrong/],
    ['a comma in an audience', { ...good, audiences: ['a,b'] }, /^"audiences\/0" is wrong/],
    ['21 audiences', { ...good, audiences: Array.from({ length: 21 }, () => 'a') }, /^"audiences" is wrong/],
    ['a field that nobody knows', { ...good, karma: 5 }, /^This is not an event: .*karma/],
    ['null', null, /^This is not an event/],
    ['a list in the list', [[good]], /^This is not an event/],
    ['text', 'karma', /^This is not an event/],
  ])('is refused with a reason when it has %s', (_, candidate, reason) => {
    expect(whyNot(candidate)).toMatch(reason);
  });

  it('refuses a bad event and keeps its neighbours in their places', () => {
    const read = readEvents([good, { ...good, id: 'bad', delta: 'ten' }, { ...good, id: 'e3' }]);

    expect(read.map((entry) => ('event' in entry ? entry.event.id : entry.refused))).toEqual([
      'e1',
      expect.objectContaining({ index: 1, id: 'bad', status: 'invalid' }),
      'e3',
    ]);
  });

  it('is refused as a whole when the list is empty or too long', () => {
    expect(() => readEvents([])).toThrow(expect.objectContaining({ code: 'no-events', status: 422 }));
    expect(() => readEvents(Array.from({ length: MAX_EVENTS + 1 }, () => good))).toThrow(
      expect.objectContaining({ code: 'too-many-events', status: 422 }),
    );
  });

  it('is never more than a refusal, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        const list = Array.isArray(anything) ? anything : [anything];
        if (list.length === 0) return;
        const read = readEvents(anything);
        expect(read).toHaveLength(list.length);
        read.forEach((entry, index) => {
          if ('refused' in entry) expect(entry.refused).toMatchObject({ index, status: 'invalid' });
        });
      }),
    );
  });
});
