/** Variables in values, against what `docker compose config` makes of the same texts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import {
  expand,
  interpolate,
  partsOf,
  shapeOf,
  variablesIn,
  withoutEnvironment,
} from '../../../server/src/core/interpolate.ts';

const environment: Readonly<Record<string, string>> = { SET: 'set', EMPTY: '' };
const lookup = (name: string): string | undefined => environment[name];

/** Each pair was tried with `docker compose config`; undefined is where it refuses the text. */
const facts: readonly (readonly [string, string | undefined])[] = [
  ['$SET/${SET}', 'set/set'],
  ['$SET$SET', 'setset'],
  ['${UNSET}', ''],
  ['$UNSET', ''],
  ['$_A', ''],
  ['$SET_', ''],
  ['$SETé', 'seté'],
  ['${set}', ''],
  ['${UNSET:-d}', 'd'],
  ['${EMPTY:-d}', 'd'],
  ['${SET:-d}', 'set'],
  ['${EMPTY-d}', ''],
  ['${UNSET-d}', 'd'],
  ['${UNSET-}', ''],
  ['${SET:+a}', 'a'],
  ['${EMPTY:+a}', ''],
  ['${EMPTY+a}', 'a'],
  ['${UNSET+a}', ''],
  ['${SET:+${UNSET}}', ''],
  ['${UNSET:-${SET}}', 'set'],
  ['${UNSET:-${ALSO:-${MORE-x}}}y', 'xy'],
  ['${SET:?needed}', 'set'],
  ['${EMPTY?needed}', ''],
  ['${EMPTY:?needed}', undefined],
  ['${UNSET?needed}', undefined],
  ['${UNSET:?}', undefined],
  ['${UNSET:?$SET ${ALSO}}', undefined],
  ['${UNSET:--}', '-'],
  ['${UNSET:-:-}', ':-'],
  ['${UNSET-:-x}', ':-x'],
  ['${UNSET:-a}${UNSET:-b}', 'ab'],
  ['${UNSET:-\t}', '\t'],
  ['é${UNSET:-é}', 'éé'],

  ['$$SET', '$SET'],
  ['$${SET}', '${SET}'],
  ['$$$SET', '$set'],
  ['${UNSET:-$$}', '$'],
  ['$', '$'],
  ['a$', 'a$'],
  ['cost: $5', 'cost: $5'],
  ['$-', '$-'],
  ['$ {SET}', '$ {SET}'],
  ['${UNSET:-x$}', 'x$'],

  // Braces are counted, whether or not they belong to a variable …
  ['${SET}}', 'set}'],
  ['${SET:-x}}', 'set}'],
  ['${UNSET:-x}}', 'x}'],
  ['{${UNSET:-x}}', '{x}'],
  ['${UNSET:-{"j":1}}', '{"j":1}'],
  ['${UNSET:-{{x}}}', '{{x}}'],
  ['${UNSET:-a} } ${UNSET:-b}', 'a } b'],
  // … except the one behind an opening one; where they are not even, the last one of the line closes.
  ['${UNSET:-{}}', '{}'],
  ['${UNSET:-{x}', '{x'],
  ['${UNSET:-{}} ${SET}', undefined],
  ['${UNSET:-{x} ${SET}', undefined],

  ['${', undefined],
  ['${}', undefined],
  ['${1}', undefined],
  ['${-x}', undefined],
  ['${ SET}', undefined],
  ['${SET', undefined],
  ['${SET!}', undefined],
  ['${SET b}', undefined],
  ['${SET:}', undefined],
  ['${SET:=x}', undefined],
  ['${SET:x}', undefined],
  ['${SET:-a\nb}', undefined],
  ['${UNSET:-${}', undefined],
  ['${UNSET+${}}', undefined],
];

describe('interpolate agrees with Compose', () => {
  test.each(facts)('%s', (text, expected) => {
    const made = interpolate(text, lookup);
    assert.ok(made);
    if (expected === undefined) assert.notDeepEqual(made.problems, []);
    else {
      assert.deepEqual(made.problems, []);
      assert.equal(made.text, expected);
    }
  });

  test('a text without a dollar is left alone', () => {
    assert.equal(interpolate('plain {text}', lookup), undefined);
    assert.equal(interpolate('', lookup), undefined);
  });
});

describe('interpolate tells', () => {
  const ways = (text: string): readonly string[] =>
    (interpolate(text, lookup)?.used ?? []).map(
      ({ name, went, span }) => `${name} ${went} ${text.slice(span.start, span.end)}`,
    );

  test.each([
    ['a $SET b', ['SET set $SET']],
    ['${EMPTY}', ['EMPTY set ${EMPTY}']],
    ['${EMPTY:-d}', ['EMPTY default ${EMPTY:-d}']],
    ['${SET:-${UNSET}}', ['SET set ${SET:-${UNSET}}']],
    ['${UNSET:-${SET}}', ['UNSET default ${UNSET:-${SET}}', 'SET set ${SET}']],
    ['${SET:+x$EMPTY}', ['SET alternative ${SET:+x$EMPTY}', 'EMPTY set $EMPTY']],
    ['${EMPTY:+x}', ['EMPTY unset ${EMPTY:+x}']],
    ['${UNSET}', ['UNSET unset ${UNSET}']],
    ['$$SET', []],
  ])('which way each variable went: %s', (text, expected) => {
    assert.deepEqual(ways(text), expected);
  });

  test('once each, the names that nothing sets and that have no default', () => {
    const open = (text: string): readonly string[] | undefined => interpolate(text, lookup)?.open;
    assert.deepEqual(open('$A ${B} ${A} ${C-x} ${D+x} $SET ${E:?x}'), ['A', 'B', 'E']);
    assert.deepEqual(open('${A:-$B}'), ['B']);
    assert.deepEqual(open('${SET:-$B}'), []);
  });

  test('why Compose refuses, in the order of the text and on the place', () => {
    const text = 'a ${A:?set $SET} b ${1} c ${B?} ${';
    const problems = interpolate(text, lookup)?.problems ?? [];
    assert.deepEqual(
      problems.map(({ kind, name, span }) => [kind, name, text.slice(span.start, span.end)]),
      [
        ['required', 'A', '${A:?set $SET}'],
        ['invalid', undefined, '${1}'],
        ['required', 'B', '${B?}'],
        ['invalid', undefined, '${'],
      ],
    );
    // The value of SET could be a secret.
    assert.match(problems[0]?.message ?? '', /A is required .*“set \$SET”.*\.env/);
    assert.match(problems[2]?.message ?? '', /B is required and is not set\. Set it/);
  });

  test('a broken default counts although it is not wanted, a missing variable in one does not', () => {
    assert.deepEqual(interpolate('${SET:-${A:?x}}', lookup)?.problems, []);
    assert.equal(interpolate('${SET:-${1}}', lookup)?.problems[0]?.kind, 'invalid');
  });

  test('what is no variable stays as it was written, and what follows is read', () => {
    const made = interpolate('${1} $SET ${SET', lookup);
    assert.equal(made?.text, '${1} set ${SET');
    assert.equal(made.problems.length, 2);
  });
});

describe('expand', () => {
  test('gives no value where a variable is not known, and text where it is none', () => {
    assert.equal(expand('${UNSET:-${SET}} ${EMPTY:+a}', lookup), 'set ');
    assert.equal(expand('$SET $UNSET', lookup), undefined);
    assert.equal(expand('${EMPTY:?x}', lookup), undefined);
    assert.equal(expand('${1BAD} ${OPEN', lookup), '${1BAD} ${OPEN');
    assert.equal(expand('plain', lookup), 'plain');
  });

  test.each(['${UNSET}', '$UNSET', '${UNSET:?say so}', 'a-${UNSET}', '${UNSET:-${ALSO}}'])(
    '%s hangs on the environment',
    (text) => assert.equal(withoutEnvironment(text), undefined),
  );
});

test('the shape of a value has defaults in it, and a mark for what only the environment knows', () => {
  assert.equal(shapeOf('$A/${B:-b}:${C?x}$$'), '?/b:?$');
});

test('spans stand on the variable and on what follows its name', () => {
  const [, part] = partsOf('redis:${TAG:-latest}');
  assert.ok(part?.kind === 'variable');
  assert.equal('redis:${TAG:-latest}'.slice(part.span.start, part.span.end), '${TAG:-latest}');
  assert.equal('redis:${TAG:-latest}'.slice(part.tail.start, part.tail.end), ':-latest');
});

test('variablesIn names those inside defaults too', () => {
  const text = 'x$$A ${B:-${C-$D}} $E';
  assert.deepEqual(
    variablesIn(text).map(({ name, span }) => [name, text.slice(span.start, span.end)]),
    [
      ['B', '${B:-${C-$D}}'],
      ['C', '${C-$D}'],
      ['D', '$D'],
      ['E', '$E'],
    ],
  );
  assert.deepEqual(variablesIn('none'), []);
});

const pieces = [
  '$',
  '${',
  '{',
  '}',
  'A',
  'SET',
  ':',
  '-',
  '?',
  '+',
  ' ',
  '\n',
  '${A:-',
  '}}',
  '$$',
];
const texts = fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join(''));

describe('any text', () => {
  test('never throws, spans lie inside it, and nothing is lost without variables', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const made = interpolate(text, lookup);
        for (const { span } of made ? [...made.used, ...made.problems] : []) {
          assert.ok(span.start < span.end && span.end <= text.length);
          assert.equal(text[span.start], '$');
        }
        for (const { name, span } of variablesIn(text))
          assert.ok(text.slice(span.start, span.end).includes(name));
        assert.equal(made === undefined, !text.includes('$'));
        if (!text.includes('$')) assert.equal(withoutEnvironment(text), text);
      }),
    );
  });

  test('where every variable is known, expand and interpolate say the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const all = (): string => 'v';
        assert.equal(interpolate(text, all)?.text ?? text, expand(text, all));
      }),
    );
  });
});

test('an unclosed tower of defaults is read once, and an endless one not to its end', () => {
  for (const text of ['${A:-'.repeat(20_000), `${'${A:-'.repeat(20_000)}x${'}'.repeat(20_000)}`]) {
    assert.equal(withoutEnvironment(text)?.includes('$'), true);
    assert.equal(interpolate(text, lookup)?.problems[0]?.kind, 'invalid');
  }
});
