/** Edits: any sequence of rounds gives the same text as the list of edits that comes out of it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { applyEdits, conflicts, type Edit, editedText } from '../../../server/src/core/edit.ts';

const edit = (start: number, end: number, newText: string): Edit => ({
  span: { start, end },
  newText,
});

describe('edited text', () => {
  test('inserts, replaces and deletes without touching the rest', () => {
    const edits = [edit(0, 0, '>'), edit(2, 4, 'XY'), edit(5, 6, '')];
    assert.equal(applyEdits('abcdef', edits), '>abXYe');
  });

  test('remembers what many rounds did as edits of the original', () => {
    const second = editedText('one two')
      .apply([edit(3, 3, '!')])
      .apply([edit(4, 4, '?'), edit(0, 1, 'O')]);
    assert.equal(second.text, 'One!? two');
    assert.deepEqual(second.edits(), [edit(0, 1, 'O'), edit(3, 3, '!?')]);
  });

  test('edits come out equal to the text, whatever was done', () => {
    const round = fc.array(fc.tuple(fc.nat(60), fc.nat(8), fc.string({ maxLength: 5 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.array(round, { maxLength: 5 }),
        (original, rounds) => {
          let edited = editedText(original);
          for (const places of rounds) {
            const edits: Edit[] = [];
            for (const [at, length, newText] of places) {
              const start = Math.min(at, edited.text.length);
              const next = edit(start, Math.min(start + length, edited.text.length), newText);
              if (!edits.some((other) => conflicts(next, other))) edits.push(next);
            }
            const expected = [...edits]
              .sort((a, b) => b.span.start - a.span.start)
              .reduce(
                (text, { span, newText }) =>
                  text.slice(0, span.start) + newText + text.slice(span.end),
                edited.text,
              );
            edited = edited.apply(edits);
            assert.equal(edited.text, expected);
          }
          assert.equal(applyEdits(original, edited.edits()), edited.text);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('conflicts: the same place, or shared text, in the same file', () => {
    assert.ok(conflicts(edit(1, 1, 'a'), edit(1, 1, 'b')));
    assert.ok(conflicts(edit(0, 3, ''), edit(2, 4, '')));
    assert.ok(!conflicts(edit(0, 2, ''), edit(2, 4, '')));
    assert.ok(!conflicts({ ...edit(0, 0, 'a'), file: '/x' }, edit(0, 0, 'b')));
  });
});
