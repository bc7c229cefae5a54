/** Variables in values, against what `docker compose config` makes of the same texts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { expand, partsOf, withoutEnvironment } from '../../../server/src/core/interpolate.ts';

const environment: Readonly<Record<string, string>> = { SET: 'set', EMPTY: '' };
const lookup = (name: string): string | undefined => environment[name];

describe('expand', () => {
  test.each([
    ['plain', 'plain'],
    ['$SET/${SET}', 'set/set'],
    ['${UNSET:-d}', 'd'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${UNSET-d}', 'd'],
    ['${SET:+a}', 'a'],
    ['${EMPTY:+a}', ''],
    ['${EMPTY+a}', 'a'],
    ['${UNSET+a}', ''],
    ['${UNSET:-${SET}}', 'set'],
    ['${UNSET:-${ALSO:-x}}', 'x'],
    ['${SET:?needed}', 'set'],
    ['$$SET', '$SET'],
    ['$${SET}', '${SET}'],
    ['cost: $5', 'cost: $5'],
    ['${1BAD}', '${1BAD}'],
    ['${OPEN', '${OPEN'],
  ])('%s', (text, expected) => assert.equal(expand(text, lookup), expected));

  test.each(['${UNSET}', '$UNSET', '${UNSET:?say so}', 'a-${UNSET}', '${UNSET:-${ALSO}}'])(
    '%s hangs on the environment',
    (text) => assert.equal(withoutEnvironment(text), undefined),
  );
});

test('spans stand on the variable and on what follows its name', () => {
  const [, part] = partsOf('redis:${TAG:-latest}');
  assert.ok(part?.kind === 'variable');
  assert.equal('redis:${TAG:-latest}'.slice(part.span.start, part.span.end), '${TAG:-latest}');
  assert.equal('redis:${TAG:-latest}'.slice(part.tail.start, part.tail.end), ':-latest');
});

test('never throws, and text without a dollar stays as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('$', '{', '}', 'A', ':', '-', '?', ' ')), (pieces) => {
      const text = pieces.join('');
      const value = withoutEnvironment(text);
      if (!text.includes('$')) assert.equal(value, text);
    }),
  );
});

test('an unclosed tower of defaults is read once, and an endless one not to its end', () => {
  for (const text of ['${A:-'.repeat(20_000), `${'${A:-'.repeat(20_000)}x${'}'.repeat(20_000)}`]) {
    assert.equal(withoutEnvironment(text)?.includes('$'), true);
  }
});
