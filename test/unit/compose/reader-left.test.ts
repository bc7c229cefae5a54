/** What the fast reader leaves to the `yaml` package: whatever is rare, unclear or wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { complaints, isReadFast } from './reader-compare.ts';

const left: Readonly<Record<string, readonly string[]>> = {
  'several documents, and ends of one': [
    'a: 1\n---\nb: 2\n',
    'a: 1\n...\n',
    '---\n',
    '%YAML 1.2\n---\na: 1\n',
  ],
  'a root that is no block mapping': ['a', '- a\n', '{a: 1}\n', '"a"\n', '&x\na: 1\n', '--- a\n'],
  'keys beyond a scalar on one line': [
    '? a\n: b\n',
    '[a]: 1\n',
    '{a: 1}: 1\n',
    '&x a: 1\n',
    'a: &x 1\n*x : 2\n',
    '!reset a: 1\n',
    '"a\n b": 1\n',
    'a\nb: 1\n',
    ': 1\n',
    'a: [b: 1]\n',
    'a: {b, c: 1}\n',
    'a: {b\n: 1}\n',
    'a: {&x b: 1}\n',
    'a:\n- &x b: 1\n',
  ],
  'keys that stand twice': [
    'a: 1\na: 2\n',
    'a: {b: 1, b: 2}\n',
    '1: a\n"1": b\n',
    'a: &x {}\nb:\n  <<: *x\n  <<: *x\n',
  ],
  'other tags': [
    'a: !!str 1\n',
    'a: !x 1\n',
    'a: !reset,x\n',
    'a: !resetx 1\n',
    'a: ! 1\n',
    'a: [!reset]\n',
  ],
  'aliases that lead nowhere or to what holds them': [
    'a: *x\n',
    'a: *x\nb: &x 1\n',
    'a: &x\n  b: *x\n',
    'a: &x [*x]\n',
    'a: &x {b: &x 1}\n',
    'a: &x\n  <<: *x\n',
    'a: & 1\n',
    'a: &x: 1\n',
    'a: &x 1\nb: *x:\n',
    'a: &x 1\nb: &y *x\n',
    'a: &x &y 1\n',
  ],
  'merge keys of anything else': [
    'a: &x 1\nb:\n  <<: *x\n',
    'a:\n  <<: 1\n',
    'a:\n  <<:\n',
    'a:\n  <<: &x [{b: 1}]\n',
  ],
  'tabs and other signs in odd places': [
    'a:\n\tb: 1\n',
    'a:\n-\tb\n',
    'a: 1\n\t\nb: 2\n',
    'a: [\n\tb]\n',
    'a: [\n  \tb]\n',
    'a:\n-\t\n',
    'a: |\n  \rb\n',
    'a: b\rc\n',
    'a: |\n  b\n \tc\n',
    'a: |\n\r  b\n',
    'a: |\rb\n  c\n',
    '\uFEFF a: 1\n',
    '# a\n\uFEFFb: 1\n',
    'a: @b\n',
    'a: `b`\n',
    'a: %b\n',
    'a: , b\n',
  ],
  'what YAML does not allow': [
    'a: b: c\n',
    'a: - b\n',
    'a: "b" c\n',
    'a: "b\n',
    "a: 'b\n",
    'a: "b\nc"\n',
    'a: "\\q"\n',
    'a: "\\xg0"\n',
    'a: "\\U00110000"\n',
    'a: [b\n',
    'a: [b\nc]\n',
    'a: [b}\n',
    'a: [,]\n',
    'a: [b,,c]\n',
    'a: [b#c, #d\n]e\n',
    'a: {"b" c}\n',
    'a:\n  b: 1\n c: 2\n',
    'a: 1\n  b: 2\n',
    '  a: 1\nb: 2\n',
    'a:\n  - b\n  c: 1\n',
    'a: b # c\n  d\n',
    'a: b\n  c: d\n',
    'a: |x\n  b\n',
    'a: |22\n  b\n',
    'a: |\n    \n  b\n',
    'a: |3\n  b\n',
  ],
  'what is rare': [
    'a: "b\\\n  c"\n',
    'a: |\n',
    'a: |\nb: 1\n',
    'a: "b"#c\n',
    'a: [b]#c\n',
    'a: {b: 1\n# c\n  }\n',
    'a: |+\n  b',
    'a: |1\n  b\n   \n',
    'a:\n# b\n  c\n',
    'a:\n# b\n  &x\n  c\n',
    'a: [[b\n]]\n',
    'a:\n  # b\n  [c]\n',
    'a: &x\n  !reset b\n',
    'a: [b\n  c]\n',
  ],
};

describe.each(Object.entries(left))('%s', (_, texts) => {
  test.each(texts)('%j is left to the package', (text) => {
    assert.equal(isReadFast(text), false);
  });
});

test('what YAML does not allow is really so for the package', () => {
  const texts = left['what YAML does not allow'] ?? [];
  assert.deepEqual(
    texts.filter((text) => complaints(text).length === 0),
    [],
  );
});
