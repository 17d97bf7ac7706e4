import * as fc from 'fast-check';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageQuerySchema } from './cursor';

const schema = z.tuple([z.int(), z.string()]);
const refused = expect.objectContaining({ code: 'invalid-cursor', status: 422 });

describe('The cursor of a list', () => {
  it('comes back as it was given out, and fits into an address as it is', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }), (id, name) => {
        const cursor = encodeCursor([id, name]);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(cursor, schema)).toEqual([id, name]);
      }),
    );
  });

  it('that is not one of ours is refused, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => encodeCursor([text])),
        ),
        (cursor) => {
          expect(() => decodeCursor(cursor, schema)).toThrow(refused);
        },
      ),
    );
  });

  it('of another list is refused', () => {
    expect(() => decodeCursor(encodeCursor(['a', 1]), schema)).toThrow(refused);
    expect(() => decodeCursor(encodeCursor([1, 'a', 2]), schema)).toThrow(refused);
    expect(() => decodeCursor(encodeCursor([]), schema)).toThrow(refused);
  });
});

describe('A page', () => {
  it('has 50 rows unless another number up to 200 is asked for', () => {
    expect(pageQuerySchema.parse({})).toEqual({ limit: 50 });
    expect(pageQuerySchema.parse({ limit: '200' }).limit).toBe(200);
  });

  it.each([{ limit: '0' }, { limit: '201' }, { limit: '1.5' }, { limit: 'all' }, { page: '2' }])(
    'cannot be asked for with %j',
    (query) => {
      expect(pageQuerySchema.safeParse(query).success).toBe(false);
    },
  );
});
