/** Edits of lists and keys: whole lines go, comments of others stay, and what is shared is left alone. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { applyEdits, type Edit } from '../../../server/src/core/edit.ts';
import { parseFile } from '../../../server/src/compose/file.ts';
import { withItem, withoutEntry, withoutItem } from '../../../server/src/compose/lists.ts';
import { descend } from '../../../server/src/compose/model.ts';
import { styleOf } from '../../../server/src/compose/style.ts';
import type { MapValue, Value } from '../../../server/src/compose/value.ts';

interface Parsed {
  readonly map: MapValue;
  readonly text: string;
  readonly file: { readonly style: ReturnType<typeof styleOf>; readonly shared: Set<Value> };
}

/** The mapping of the service `a`, in the source that it is written in. */
function parsed(text: string): Parsed {
  const [root] = parseFile('/compose.yaml', text).documents;
  const map = root && descend(root, ['services', 'a'])?.value;
  assert.ok(map?.kind === 'map');
  return { map, text: map.source.text, file: { style: styleOf(text), shared: new Set() } };
}

const applied = (text: string, edits: readonly Edit[] | undefined): string | undefined =>
  edits && applyEdits(text, edits);

function removed(text: string, key: string): string | undefined {
  const { map, file, text: own } = parsed(text);
  const edit = withoutEntry(file, map, key);
  return applied(own, edit && [edit]);
}

function removedItem(text: string, index: number): string | undefined {
  const { map, file, text: own } = parsed(text);
  const list = map.get('l')?.value;
  assert.ok(list?.kind === 'seq');
  return applied(own, withoutItem(file, map, 'l', list.items[index]!.value));
}

function added(text: string): string | undefined {
  const { map, file, text: own } = parsed(text);
  const edit = withItem(file, map, 'l', 'new:x');
  return applied(own, edit && [edit]);
}

/** The block of the service as it stands in its source. */
const service = (body: string): string => `services:\n  a:\n${body.replace(/^(?=.)/gm, '    ')}`;
const own = (text: string | undefined): string | undefined => text && parsed(text).text;

describe('withoutEntry', () => {
  test.each([
    ['in the middle', 'x: 1\nk: v # why\ny: 2\n', 'x: 1\ny: 2\n'],
    ['first', 'k: v\ny: 2\n', 'y: 2\n'],
    ['last, with a line end', 'x: 1\nk: v\n', 'x: 1\n'],
    ['last, without a line end', 'x: 1\nk: v', 'x: 1'],
    ['a nested block', 'x: 1\nk:\n  - a\n  - b # why\ny: 2\n', 'x: 1\ny: 2\n'],
    ['a block scalar', 'x: 1\nk: |\n  a\n  b\ny: 2\n', 'x: 1\ny: 2\n'],
    ['a flow list', 'k: [a,\n  b] # why\ny: 2\n', 'y: 2\n'],
  ])('%s', (_title, before, after) => {
    assert.equal(removed(service(before), 'k'), own(service(after)));
  });

  test.each([
    ['the only key', 'k: v\n'],
    ['braces', '{x: 1, k: v}\n'],
    ['what is not there', 'x: 1\ny: 2\n'],
    ['an alias', 'x: &x 1\nk: *x\n'],
  ])('leaves %s alone', (_title, body) => {
    assert.equal(removed(service(body), 'k'), undefined);
  });

  test('leaves alone what others use too', () => {
    const { map, file } = parsed(service('x: 1\nk: v\n'));
    file.shared.add(map);
    assert.equal(withoutEntry(file, map, 'k'), undefined);
  });
});

describe('withoutItem', () => {
  test.each([
    ['the first of a block', 'l:\n  - a # why\n  - b\n', 0, 'l:\n  - b\n'],
    ['the last of a block', 'l:\n  - a\n  - "b"', 1, 'l:\n  - a'],
    ['the first in brackets', 'l: [ "a", b, c ] # why\n', 0, 'l: [ b, c ] # why\n'],
    ['the last in brackets', 'l: [a, b]\n', 1, 'l: [a]\n'],
    ['the only one', 'x: 1\nl: [a]\ny: 2\n', 0, 'x: 1\ny: 2\n'],
  ])('%s', (_title, before, index, after) => {
    assert.equal(removedItem(service(before), index), own(service(after)));
  });

  test('a comment between items in brackets is not ours to delete', () => {
    assert.equal(removedItem(service('l: [a, # why\n  b]\n'), 0), undefined);
  });
});

describe('withItem', () => {
  test.each([
    ['no list', 'x: 1\n', 'x: 1\nl: ["new:x"]\n'],
    ['a block', 'l:\n  - a # why\ny: 2\n', 'l:\n  - a # why\n  - new:x\ny: 2\n'],
    ['a quoted block', "l:\n- 'a'", 'l:\n- \'a\'\n- "new:x"'],
    ['brackets', 'l: [a]\n', 'l: [a, "new:x"]\n'],
  ])('%s', (_title, before, after) => {
    assert.equal(added(service(before)), own(service(after)));
  });

  test.each([
    ['an empty list', 'l: []\n'],
    ['a text', 'l: a\n'],
    ['an alias', 'x: &x [a]\nl: *x\n'],
  ])('leaves %s alone', (_title, body) => {
    assert.equal(added(service(body)), undefined);
  });
});
