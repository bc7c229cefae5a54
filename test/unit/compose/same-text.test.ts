/** What two texts have in common at their starts and ends, whatever their size. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { sameEnd, sameStart } from '../../../server/src/compose/same-text.ts';

/** Character by character, as one would count. */
function counted(a: string, b: string): number {
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at++;
  return at;
}

const reversed = (text: string): string => Array.from(text).reverse().join('');

test('is what counting gives', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, fc.nat(200_000), (a, b, padding) => {
      const long = 'x'.repeat(padding);
      for (const [one, other] of [
        [a, b],
        [long + a, long + b],
        [a + long, b + long],
      ] as const) {
        const start = sameStart(one, other);
        assert.equal(start, counted(one, other));
        const rest = Math.min(one.length, other.length) - start;
        assert.equal(
          sameEnd(one, other, start),
          Math.min(rest, counted(reversed(one), reversed(other))),
        );
      }
    }),
    { numRuns: 40 },
  );
});
