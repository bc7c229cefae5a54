/** The YAML tree: aliases, merge keys, tags and spans; and that no text makes it throw. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { parseFile } from '../../../server/src/compose/file.ts';
import { readDocuments } from '../../../server/src/compose/tree.ts';
import type { MapValue } from '../../../server/src/compose/value.ts';

const parseYaml = (text: string) => readDocuments({ file: '/p/compose.yaml', text });

function root(text: string): MapValue {
  const [first] = parseYaml(text).roots;
  assert.equal(first?.kind, 'map');
  return first;
}

const textAt = (map: MapValue, key: string): string | undefined => {
  const value = map.get(key)?.value;
  return value?.kind === 'scalar' ? value.text : undefined;
};

describe('readDocuments', () => {
  test('an own key goes before a merged one, and the first of several merged maps before the next', () => {
    const map = root(
      'a: &a {x: 1, y: 1}\nb: &b {x: 2, y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n',
    ).get('c')?.value;
    assert.equal(map?.kind, 'map');
    const c = map;
    assert.deepEqual(
      ['x', 'y', 'z'].map((key) => textAt(c, key)),
      ['1', '3', '2'],
    );
    assert.deepEqual(
      ['x', 'y', 'z'].map((key) => c.get(key)?.via),
      ['merge', 'own', 'merge'],
    );
  });

  test('the nearest anchor above the alias counts', () => {
    const map = root('a: &x 1\nb: *x\nc: &x 2\nd: *x\n');
    assert.equal(textAt(map, 'b'), '1');
    assert.equal(textAt(map, 'd'), '2');
  });

  test('an alias without its anchor is a problem, and no exception', () => {
    const { problems } = parseYaml('a: *nope\nb:\n  <<: *nope2\n');
    assert.deepEqual(
      problems.map(({ span }) => span),
      [
        { start: 3, end: 8 },
        { start: 18, end: 24 },
      ],
    );
  });

  test('an alias to what holds it ends', () => {
    const map = root('a: &a\n  b: *a\n  c:\n    <<: *a\n');
    assert.equal(map.get('a')?.value.kind, 'map');
  });

  test("Compose's tags are no problem", () => {
    const { problems } = parseYaml(
      'a: !reset null\nb: !override [1]\nc: !reset {}\nd: !override\n  x: 1\n',
    );
    assert.deepEqual(problems, []);
  });

  test('an entry ends where its last character does, whatever its kind', () => {
    const text =
      'a: x # c\nb: "y"  \nc: *z\nd:\n  - 1\n  - 2 # c\n\n# after\ne: [1, 2]\nf:\n  g:\n';
    const ends = parseYaml(`z: &z 0\n${text}`).roots.flatMap((value) =>
      value.kind === 'map' ? value.entries : [],
    );
    const whole = `z: &z 0\n${text}`;
    assert.deepEqual(
      ends.map(({ keySpan, end }) => whole.slice(keySpan.start, end)),
      ['z: &z 0', 'a: x', 'b: "y"', 'c: *z', 'd:\n  - 1\n  - 2', 'e: [1, 2]', 'f:\n  g'],
    );
  });

  test('endless brackets are a problem, and no full stack', () => {
    const { problems, roots } = parseYaml(`a: ${'['.repeat(100_000)}`);
    assert.equal(roots.length, 0);
    assert.match(problems[0]?.message ?? '', /nested more than/);
  });

  test('a bracket that closes at the indentation of its key is no problem', () => {
    assert.deepEqual(parseYaml('a:\n  b: [\n    1,\n  ]\n').problems, []);
  });

  test('a second merge key in one mapping is a problem, as it is for Compose', () => {
    const text = 'a: &a {x: 1}\nb: &b {y: 1}\nc:\n  <<: *a\n  <<: *b\n';
    const [problem, ...others] = parseYaml(text).problems;
    assert.equal(text.slice(0, problem?.span.start).split('\n').length, 5);
    assert.deepEqual(others, []);
  });

  test('a thousand uses of one anchor share one value', () => {
    const uses = Array.from({ length: 1000 }, (_, i) => `s${i}: {<<: *d, image: x}`).join('\n');
    assert.equal(root(`d: &d {a: 1}\n${uses}\n`).entries.length, 1001);
  });
});

test('no text makes the reader throw, and all spans lie inside the text', () => {
  const piece = fc.constantFrom(
    'services:',
    '\n',
    '  ',
    'a:',
    ' image: x',
    '- ',
    '&a ',
    '*a',
    '<<: ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '#',
    '!reset ',
    ': ',
    '\t',
    '\r\n',
    '---\n',
    '😀',
    'build: .',
    'extends: a',
    'volumes:',
    'environment:',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const { problems } = parseFile('/p/compose.yaml', text);
      for (const { source, span } of problems) {
        const { start, end } = span;
        assert.ok(
          start >= 0 && start <= end && end <= source.text.length,
          JSON.stringify({ text, start, end }),
        );
      }
    }),
    { numRuns: 2000 },
  );
});
