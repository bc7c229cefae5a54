/** Lines and positions, in UTF-16 code units, for every kind of line end. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { eolOf, lineEnd, linesOf, lineStart } from '../../../server/src/core/span.ts';

test('positions count UTF-16 code units', () => {
  const lines = linesOf('a😀b\r\nc\rd\n');
  assert.deepEqual(lines.positionAt(3), { line: 0, character: 3 });
  assert.deepEqual(lines.positionAt(6), { line: 1, character: 0 });
  assert.deepEqual(lines.positionAt(8), { line: 2, character: 0 });
  assert.deepEqual(lines.positionAt(99), { line: 3, character: 0 });
  assert.equal(lines.count, 4);
});

test('every offset comes back from its position', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '😀')), (pieces) => {
      const text = pieces.join('');
      const lines = linesOf(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const { line, character } = lines.positionAt(offset);
        assert.equal(lines.startOf(line) + character, offset);
      }
    }),
  );
});

test('line starts, line ends, and the line end that a text uses', () => {
  const text = 'ab\r\ncd\n';
  assert.equal(lineEnd(text, 0), 2);
  assert.equal(lineStart(text, 5), 4);
  assert.equal(lineStart(text, 4), 4);
  assert.equal(eolOf(text), '\r\n');
  assert.equal(eolOf('a\nb\r\n'), '\n');
  assert.equal(eolOf(''), '\n');
});
