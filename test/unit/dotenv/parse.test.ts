/** Env files, against what `docker compose config` makes of the same texts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { DotenvFile } from '../../../server/src/dotenv/model.ts';
import { isTolerated } from '../../../server/src/dotenv/model.ts';
import { parseDotenv } from '../../../server/src/dotenv/parse.ts';

const environment: Readonly<Record<string, string>> = { OS: 'os', EMPTY: '' };

function parse(text: string): DotenvFile {
  return parseDotenv({ file: '/p/.env', text }, (name) => environment[name]);
}

/** The variables that are set; what Compose refuses is the kind of the first problem. */
function outcome(text: string): Readonly<Record<string, string>> | string {
  const { variables, problems } = parse(text);
  const refused = problems.find((problem) => !isTolerated(problem));
  if (refused) return refused.kind;
  return Object.fromEntries(
    variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}

describe('agrees with Compose', () => {
  describe.each<readonly [string, readonly (readonly [string, ReturnType<typeof outcome>])[]]>([
    [
      'names',
      [
        ['A=1', { A: '1' }],
        ['  A=1\n', { A: '1' }],
        ['# c\n\nA=1', { A: '1' }],
        ['\ufeffA=1\n', { A: '1' }],
        ['\u00a0A=1\n', { A: '1' }],
        ['A: 1\n', { A: '1' }],
        ['A : x y\n', { A: 'x y' }],
        ['A:b=c\n', { A: 'b=c' }],
        ['A==b\n', { A: '=b' }],
        ['http://x\n', { http: '//x' }],
        ['export A=1\n', { A: '1' }],
        ['export\tA=1', { A: '1' }],
        ['export\nA=1\n', { A: '1' }],
        ['exportA=1\n', { exportA: '1' }],
        ['export=1\n', { export: '1' }],
        ['é=1\n', { é: '1' }],
        ['A-B=1\nA.B=2\nA[0]=3\n1A=4\n', { 'A-B': '1', 'A.B': '2', 'A[0]': '3', '1A': '4' }],
        ['A\tB=1\n', { 'A\tB': '1' }],
        ['A=1\nA=2\n', { A: '2' }],
        ['A B=1\n', 'space-in-name'],
        ['A B\n', 'space-in-name'],
        ['- A=1\n', 'space-in-name'],
        ['A!=1\n', 'bad-character'],
        ['A+=1\n', 'bad-character'],
        ['$A=1\n', 'bad-character'],
        ['"A"=1\n', 'bad-character'],
        ['export ', 'bad-character'],
      ],
    ],
    [
      'names alone',
      [
        ['A\n', {}],
        ['OS\nB=1\n', { OS: 'os', B: '1' }],
        ['export OS\n', { OS: 'os' }],
        ['A\r\nB=2\r\n', { B: '2' }],
        ['A=1\nA\n', { A: '1' }],
        // Without a line end the name is taken for a value.
        ['OS', { '': 'OS' }],
        ['A B', { '': 'A B' }],
        ['=1\n', { '': '1' }],
        [': x\n', { '': 'x' }],
      ],
    ],
    [
      'bare values',
      [
        ['A=\nB=2\n', { A: '', B: '2' }],
        ['A=  x  \n', { A: 'x' }],
        ['A=x\u00a0\n', { A: 'x' }],
        ['A=x\u3000\n', { A: 'x' }],
        ['A=\u00a0x\n', { A: 'x' }],
        ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
        ['A=1\rB=2', { A: '1\rB=2' }],
        ['A=1 ; B=2\n', { A: '1 ; B=2' }],
        ["A=it's\n", { A: "it's" }],
        ['A=a\\nb\n', { A: 'a\\nb' }],
        ['A={"a":1}\n', { A: '{"a":1}' }],
        ['A=a b # c\n', { A: 'a b' }],
        ['A=x #y #z\n', { A: 'x' }],
        ['A=a#b\n', { A: 'a#b' }],
        ['A=a\t#b\n', { A: 'a\t#b' }],
        ['A= #c\n', { A: '#c' }],
        ['A=a"b # c"\n', { A: 'a"b' }],
      ],
    ],
    [
      'quoted values',
      [
        ['A=""\n', { A: '' }],
        ["A=''", { A: '' }],
        ["A='x'\n", { A: 'x' }],
        ['A="l1\nl2"\nB=2\n', { A: 'l1\nl2', B: '2' }],
        ["A='l1\nl2'\n", { A: 'l1\nl2' }],
        ['A="1\r\n2"\r\n', { A: '1\r\n2' }],
        ['A="x" # c\nB=2\n', { A: 'x', B: '2' }],
        ['A="x"#c\nB=1\n', { A: 'x', B: '1' }],
        // What follows the quote is a statement of its own.
        ['A="x"B=2\n', { A: 'x', B: '2' }],
        ['A="x" y\n', { A: 'x' }],
        ['A="x" y', { A: 'x', '': 'y' }],
        ["A='a'b\n", { A: 'a' }],
        ['A="a" "b"\n', 'bad-character'],
        ['A="x\n', 'unterminated-quote'],
        ["A='x\nB=1\n", 'unterminated-quote'],
      ],
    ],
    [
      'escapes',
      [
        ["A='it\\'s'\n", { A: "it's" }],
        ["A='a\\\\'\n", { A: 'a\\\\' }],
        ['A="a\\"b"\n', { A: 'a"b' }],
        ['A="a\\\\"\n', { A: 'a\\' }],
        ['A="\\n\\t\\r\\a\\b\\f\\v"\n', { A: '\n\t\r\x07\b\f\v' }],
        ['A="\\z\\c\\u00e9\\x41"\n', { A: '\\z\\c\\u00e9\\x41' }],
        ['A="\\0101 \\0351 \\012 \\0999 \\0777 \\0"\n', { A: 'A é \\12 \\999 \\777 \\' }],
        ['A="a\\\nb"\n', { A: 'a\\\nb' }],
        ['A="\\\\n"\n', { A: '\\n' }],
        ['A="\\\\$OS"\n', { A: '\\os' }],
        ['A="\\0044OS"\n', { A: 'os' }],
        ['A="${U:-\\"q\\"}"\n', { A: '"q"' }],
      ],
    ],
    [
      'variables',
      [
        ['A=$OS-${U:-d}\n', { A: 'os-d' }],
        ['A="$OS"\n', { A: 'os' }],
        ["A='$OS'\n", { A: '$OS' }],
        ['A=$$OS\n', { A: '$OS' }],
        ['A="$$OS"\n', { A: '$OS' }],
        ['A="\\$OS"\n', { A: '$OS' }],
        ['A=\\$OS\n', { A: '\\os' }],
        ['B=1\nA=$B\n', { B: '1', A: '1' }],
        ['A=$B\nB=1\n', { A: '', B: '1' }],
        // What is known outside goes before the file's own lines.
        ['OS=1\nA=$OS\n', { OS: '1', A: 'os' }],
        ['A="${U:-x y}"\n', { A: 'x y' }],
        ['A=${\n', 'invalid-variable'],
        ['A=${U:-\n', 'invalid-variable'],
        ['A=${U:?need}\n', 'required-variable'],
      ],
    ],
  ])('%s', (_, facts) => {
    test.each(facts.map(([text, expected]) => ({ text, expected })))(
      '$text',
      ({ text, expected }) => {
        assert.deepEqual(outcome(text), expected);
      },
    );
  });
});

describe('places', () => {
  test('of names, values and statements', () => {
    const text = '# c\nexport A = "x\ny" # d\r\nB: z # e\r\nOS\r\n';
    const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    assert.deepEqual(
      parse(text).variables.map(({ nameSpan, valueSpan, span, quote, inherited }) => [
        cut(nameSpan),
        cut(valueSpan),
        cut(span),
        quote,
        inherited,
      ]),
      [
        ['A', '"x\ny"', 'export A = "x\ny"', '"', false],
        ['B', 'z', 'B: z', '', false],
        ['OS', '', 'OS', '', true],
      ],
    );
  });

  test.each([
    ['A=x$B${C:-$D}\n', ['$B', '${C:-$D}', '$D']],
    ['A="\\n\\"$B\\\\${C-\\"x\\"}"\n', ['$B', '${C-\\"x\\"}']],
    ['A="\\$X $B"', ['$B']],
    ["A='$B'", []],
  ])('of the variables that a value names: %s', (text, expected) => {
    const [variable] = parse(text).variables;
    assert.deepEqual(
      variable?.references.map(({ span }) => text.slice(span.start, span.end)),
      expected,
    );
  });

  test('a name that is set twice is there twice, and what nothing sets is open', () => {
    const { variables } = parse('A=1\nB=$U${V-x}$A\nA=2\n');
    assert.deepEqual(
      variables.map(({ name, value, open }) => [name, value, open]),
      [
        ['A', '1', []],
        ['B', 'x1', ['U']],
        ['A', '2', []],
      ],
    );
  });

  test('each broken line is told of at its place, and costs only itself', () => {
    const text = 'A B=1\nC!=2\nD="x\nE=${1}y\nF=${U?why}\nG=3\nLAST';
    const { problems, variables } = parse(text);
    assert.deepEqual(
      problems.map(({ kind, span }) => [kind, text.slice(span.start, span.end)]),
      [
        ['space-in-name', 'A B'],
        ['bad-character', '!'],
        ['unterminated-quote', '"x'],
        ['invalid-variable', '${1}'],
        ['required-variable', '${U?why}'],
        ['no-name', 'LAST'],
      ],
    );
    assert.equal(variables.find(({ name }) => name === 'G')?.value, '3');
  });

  test('no message holds a value', () => {
    const { problems } = parse('A="s3cret\nB=s3cret${\nC=s3cret${1}\n=s3cret');
    assert.equal(problems.length, 4);
    for (const { message } of problems) assert.doesNotMatch(message, /s3cret/);
  });

  test('what was set before the file comes last', () => {
    const before = (name: string): string => `before ${name}`;
    const { variables } = parseDotenv(
      { file: '/e', text: 'A=1\nX=$A $B $OS\nC\n' },
      (name) => (name === 'OS' ? 'os' : undefined),
      before,
    );
    assert.deepEqual(
      variables.map(({ value }) => value),
      ['1', '1 before B os', undefined],
    );
  });
});

const pieces = [
  'A',
  '=',
  '"',
  "'",
  '\\',
  '$',
  '${',
  '}',
  '\n',
  '\r\n',
  ' ',
  '#',
  'export ',
  ':',
  ' #',
  '$OS',
  '\\n',
  '\\$',
  '\\0101',
  '${U:-',
  '\ufeff',
  '𝐀',
];

test('any text: never throws, spans lie inside it and in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
      (text) => {
        const { variables, problems } = parse(text);
        let last = 0;
        for (const { span, nameSpan, valueSpan, name, references } of variables) {
          assert.ok(last <= span.start && span.start <= nameSpan.start);
          assert.ok(nameSpan.end <= valueSpan.start && valueSpan.end <= span.end);
          assert.equal(text.slice(nameSpan.start, nameSpan.end), name);
          for (const reference of references) {
            assert.ok(valueSpan.start <= reference.span.start);
            assert.ok(reference.span.start < reference.span.end);
            assert.ok(reference.span.end <= valueSpan.end);
          }
          last = span.end;
        }
        assert.ok(last <= text.length);
        for (const { span } of problems)
          assert.ok(span.start <= span.end && span.end <= text.length);
      },
    ),
  );
});
