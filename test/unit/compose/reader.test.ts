/** What the fast reader reads, and that it says of it what the `yaml` package does. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { mapValue, scalarValue } from '../../../server/src/compose/make.ts';
import { readFast } from '../../../server/src/compose/reader.ts';
import type { MapValue } from '../../../server/src/compose/value.ts';
import { isReadFast } from './reader-compare.ts';

const everyday: Readonly<Record<string, readonly string[]>> = {
  'an empty text and comments': ['', '\n\n', '# a\n', '  # a\n\n#b', '\r\n# a\r\n'],
  'keys with and without values': [
    'a:',
    'a: \n',
    'a:\n\n\nb:\n',
    'a: # c\nb:   # d\n',
    'a : 1\n"b" : 2\n\'c\': 3\n',
    'a b c: 1\na:b: 2\nhttp://x: 3\n-a: 4\n?b: 5\n:c: 6\n',
    '1: a\ntrue: b\nnull: c\n~x: d\n0x10: e\n1.50: f\n',
    'a: 1',
    '\uFEFFa: 1\nb: 2\n',
  ],
  'indented blocks of a file': [
    '  web:\n    image: x\n',
    '# above\n\n  web:\n    image: x\n\n    # below\n\n',
    '  web: {}\n',
    '    web:\n    - 1\n',
  ],
  'line ends of Windows': [
    'a: 1\r\nb:\r\n  c: d # e\r\n\r\n  f: |\r\n    g\r\n\r\n    h\r\n\r\n  i: "j"\r\n',
    'a:\r\n- b\r\n-\r\n- [c,\r\n   d]\r\ne: f\r\n  g\r\n\r\n  h\r\n',
    'a: >+\r\n b\r\n c\r\n\r\n\r\n',
  ],
  'numbers and words': [
    'a: [1, -1, +1, 0, -0, 007, 0o17, 0o18, 0x1F, 0xg, 1_000, 99999999999999999999]\n',
    'a: [1.5, .5, 5., -.5, 1e3, 1E-3, 1.e+2, .e1, 1.2.3, 1:2, 22:22, 0b1, 1e, +, -., .]\n',
    'a: [.inf, -.Inf, +.INF, .nan, .NaN, -.nan, inf, .Nan]\n',
    'a: [true, True, TRUE, tRUE, yes, no, on, off, false, null, Null, NULL, nUll, ~, ~1]\n',
    'a: 1 \nb: 1.0\t# c\nc: true\nd: ~\ne: 3.10\nf: 0o7\ng: 2024-01-01\n',
  ],
  'plain scalars': [
    'a: b#c d # e\nf: g\t#h\ni: j:k l:m\nn: o, [p] {q}\n',
    'a: ${B:-c}\nb: postgres://u:p@h:1/d?x=y&z\n',
    'a: b\n  c\n\n  d\n\n\n   e\nf: g\n',
    'a:\n  b\n  c\nd: e\n',
    'a:\n  - b\n    c\n  - d\n   e\n',
    'a: b\n  - c\n  "d"\n  &e f\n',
    'a:\n- b\n - c\n',
    'a: --- b\nc:\n  ---\nd: ...\n',
    'a: ü😀\u2028\u0085\uFEFF\0b\n',
  ],
  'quoted scalars': [
    `a: "b"\nc: 'd'\ne: ""\nf: ''\ng: "h" # i\nj: 'k''l'''\nm: "n#o: p"\n`,
    String.raw`a: "\0\a\b\e\f\n\r\t\v\N\_\L\P\ \"\/\\\x41\u00e9\uD83D\uDE00\U0001F600"`,
    `a: "b\n  c\n\n   d  \n  e "\nf: ' g  \n\n  h''i\n  '\nj: "\n  k"\n`,
    `a:\n  "b\n  c"\nd:\n- 'e\n\n\n f'\n`,
    `a: "b\\\tc"\n`,
  ],
  'block scalars': [
    'a: |\n  b\n   c\n\n  d\ne: 1\n',
    'a: |-\n  b\n\n\nc: |+\n  d\n\n\ne: |\n  f\n\n\n',
    'a: >\n  b\n  c\n\n  d\n   e\n\n   f\n  g\n\n\n  h\n',
    'a: >-\n\n\n  b\n  c\n  \td\n  e\n',
    'a: |2\n    b\n  c\nd: >1-\n e\n  f\n g\n',
    'a: |-2 # c\n  b\n',
    'a:\n  - |\n    b\n  - >-\n   c\n   d\n',
    'a:\n- |\n  b\n- c: |\n    d\n  e: |+\n\n    f\n\n# g\nh: 1\n',
    'a: |\n  b\n    \n  c\n    \n',
    'a: |\n  b',
    'a: |\n  # b\n  c: d\n# e\n',
    'a:\n  |\n  b\n',
    'a: |\n \n   b\n',
  ],
  'block collections': [
    'a:\n  b:\n    c: 1\n  d: 2\ne:\n    f: 3\n',
    'a:\n- b\n- c\nd:\n  - e\n  -\n  - f: 1\n    g: 2\n  - - h\n    - i\n  -   j: 1\n      k:\n      - l\n',
    'a:\n  -\n    b: 1\n  - # c\n    d: 2\n  -\n    - e\n  -\n   f\n',
    'a:\n# b\n  c: 1\n # d\n    # e\n  f:\n# g\n  - h\n  # i\n  - j\n',
    'a:   \n  b: 1   \n \nc:\t\n  d: 2\t\n',
    'a:\tb\n',
  ],
  'flow collections': [
    'a: []\nb: {}\nc: [ ]\nd: { }\ne: [a, "b", \'c\', 1]\nf: {g: 1, "h": 2, i : 3,}\n',
    'a: [b c, -d, e#f, g:h]\n',
    'a: ["CMD", "curl", "-f", "http://x"] # y\nb: [http://x:80, a:b, a#b]\n',
    'a: {b: , c: {d:}, "e":1, "f":"g", h:[1], i: [j, [k], {l: m}]}\n',
    'a: [\n  b, # c\n\n  # d\n  e,\n]\nf: {\n  g: 1,\n  h: 2\n  }\n',
    'a:\n  b: [\n    1,\n  ]\n',
    'a:\n  [b,\n   c]\nd:\n  - {e: 1,\n     f: 2}\n  - ["g\n     h"]\n',
    'a: {b:\n  c, d: [\n  e]}\n',
  ],
  'anchors and aliases': [
    'a: &x 1\nb: *x\nc: &x 2\nd: *x # e\n',
    'a: &x\n  b: 1\nc: *x\nd: [*x, *x]\ne: {f: *x, g: 1}\nh:\n- *x\n- i\n',
    'a: &x\nb: *x\nc: &y # d\ne: *y\n',
    'a: &x [1]\nb: &y {c: &z 1}\nd: &v "e"\nf: &w |\n  g\nh: [*x, *y, *z, *v, *w]\n',
    'a:\n  &x\n  # c\n  b: 1\nd:\n  &y\n  - 1\ne:\n  &z f\ng:\n- &v h\n- &u\n  i: 1\n- &w\n- *x\n- *y\n- *z\n',
    'a: &x-1.2/ü 1\nb: *x-1.2/ü\n',
  ],
  'merge keys': [
    'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3\ne:\n  f: 1\n  <<: *x\n',
    'a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne:\n  <<: [*x, *y]\nf:\n  <<:\n  - *y\n  - *x\ng: {<<: *x, h: 1}\n',
    'a: &x {b: 1}\nc: &y\n  <<: *x\n  d: *x\ne:\n  <<: *y\n',
    'a:\n  <<: {b: 1}\n  c: 2\nd:\n  <<: [{e: 1}]\nf:\n  "<<": g\n',
  ],
  "Compose's tags": [
    'a: !reset null\nb: !override [1]\nc: !reset {}\nd: !override\n  e: 1\nf: !override\n- g\n',
    'a: !reset\nb: !reset "c"\nd: !override |\n  e\nf: !reset 1\ng: [!reset 1, {h: !reset true}]\n',
    'a: !reset &x b\nc: &y !reset d\ne: [*x, *y]\n',
    'a:\n- !reset\n- !override b\n- !override\n  c: 1\n',
  ],
  'the start of a document': ['---\na: 1\n', '# a\n---\n\n# b\na: 1\n', '--- # a\r\na: 1\r\n'],
};

describe.each(Object.entries(everyday))('%s', (_, texts) => {
  test.each(texts)('%j is read fast', (text) => {
    assert.ok(isReadFast(text));
  });
});

describe('anchors of other texts', () => {
  const source = { file: '/project/compose.yaml', text: 'x: &x\n  a: 1\n' };
  const value = scalarValue({ source, span: { start: 11, end: 12 } }, 1);
  const anchored: MapValue = mapValue(
    { source, span: { start: 8, end: 12 } },
    [{ key: 'a', source, keySpan: { start: 8, end: 9 }, value, end: 12, via: 'own', steps: [] }],
    { anchor: 'x' },
  );
  const outer = (name: string): MapValue | undefined => (name === 'x' ? anchored : undefined);

  test.each([
    '  web:\n    <<: *x\n    b: *x\n',
    '  web: *x\n',
    '  web: [*x, &x 1, *x]\n',
    '  web:\n    <<: [*x]\n    a: 2\n',
  ])('%j means them', (text) => {
    assert.ok(isReadFast(text, outer));
  });

  test('are told, but for those that this text sets itself before', () => {
    const read = (text: string): string[] =>
      Array.from(readFast({ file: '/a', text }, outer)?.used.keys() ?? ['nothing']);
    assert.deepEqual(read('a: *x\n'), ['x']);
    assert.deepEqual(read('a: &x 1\nb: *x\n'), []);
    assert.deepEqual(read('a: *y\n'), ['nothing']);
  });
});

describe('long and deep texts', () => {
  const isRead = (text: string): boolean =>
    readFast({ file: '/a', text }, () => undefined) !== undefined;

  test('collections are read to a depth that no stack minds', () => {
    assert.ok(isReadFast(`a: ${'['.repeat(90)}${']'.repeat(90)}\n`));
    assert.equal(isRead(`a: ${'['.repeat(1_000_000)}`), false);
    assert.equal(isRead(`a:\n${'- '.repeat(1_000_000)}b\n`), false);
  });

  test.each([
    ['a long line', (size: number) => `a: ${'b '.repeat(size)}\n`],
    ['a long quoted text', (size: number) => `a: "${'b\\n'.repeat(size)}"\n`],
    ['many lines of a quoted text', (size: number) => `a: '${'b\n\n  '.repeat(size)}'\n`],
    ['many lines of a plain text', (size: number) => `a: b\n${'  c\n\n'.repeat(size)}`],
    ['comments', (size: number) => `${'# c\n'.repeat(size)}a: 1\n${'  # c\n'.repeat(size)}`],
    ['empty lines', (size: number) => `a: |\n  b\n${'\n'.repeat(size)}  c\n${'\n'.repeat(size)}`],
    ['entries', (size: number) => Array.from({ length: size }, (_, i) => `k${i}: 1\n`).join('')],
    ['quotes that are not closed', (size: number) => `a:\n${'- "b\n'.repeat(size)}`],
    ['items', (size: number) => `a: [${'b, '.repeat(size)}]\n`],
    ['aliases', (size: number) => `a: &x 1\nb:\n${'- *x\n'.repeat(size)}`],
  ])('%s cost no more than their length', (_, textOf) => {
    const start = performance.now();
    isRead(textOf(200_000));
    // A cost that is quadratic would be minutes; this is far above what a busy machine needs.
    assert.ok(performance.now() - start < 5000);
  });
});
