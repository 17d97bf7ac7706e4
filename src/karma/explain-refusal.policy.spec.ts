import { explainRefusal, type Explanation } from './explain-refusal.policy';

const nothing: Explanation = {
  karma: null,
  stored: false,
  same: null,
  original_delta: null,
  fits: null,
  reversed_by: null,
};
const refusalOf = (found: Partial<Explanation>) => explainRefusal({ ...nothing, ...found });

describe('An event that was not counted', () => {
  it('is a duplicate when it is stored with the same content, and the balance is told', () => {
    expect(refusalOf({ stored: true, same: true, karma: 120 })).toEqual({ status: 'duplicate', karma: 120 });
  });

  it('is a conflict when its id is taken by other content', () => {
    expect(refusalOf({ stored: true, same: false, karma: 120 })).toMatchObject({
      status: 'conflict',
      karma: 120,
      error: { code: 'event-id-taken' },
    });
    expect(refusalOf({ stored: true, same: null }).status).toBe('conflict');
  });

  it('is invalid when it reverses what is not there', () => {
    expect(refusalOf({})).toMatchObject({ status: 'invalid', error: { code: 'unknown-original' } });
  });

  it('is invalid when what it reverses was reversed already', () => {
    expect(refusalOf({ original_delta: 10, reversed_by: 'undo-1', karma: 0 })).toMatchObject({
      status: 'invalid',
      karma: 0,
      error: { code: 'already-reversed' },
    });
  });

  it('is invalid when its delta does not undo the original, and hears which would', () => {
    expect(refusalOf({ original_delta: -25, fits: false })).toMatchObject({
      status: 'invalid',
      error: { code: 'delta-mismatch', detail: expect.stringContaining('must be 25') },
    });
  });

  it('is invalid when what it reverses came only after it, and may be sent again', () => {
    expect(refusalOf({ original_delta: 10, fits: true })).toMatchObject({
      status: 'invalid',
      error: { code: 'unknown-original', detail: expect.stringContaining('send this one again') },
    });
  });

  it('is told no balance when there is no member', () => {
    expect(refusalOf({})).not.toHaveProperty('karma');
  });
});
