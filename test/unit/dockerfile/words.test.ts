/** Words, lists, flags, names with values and variables of Dockerfiles, each with its place. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { optionsOf } from '../../../server/src/dockerfile/flags.ts';
import { parseDockerfile } from '../../../server/src/dockerfile/model.ts';
import { variablesIn } from '../../../server/src/dockerfile/variables.ts';
import { type Escape, listIn, wordsIn } from '../../../server/src/dockerfile/words.ts';

const code = (text: string, escape: Escape = '\\') => ({ code: text, start: 0, escape });

describe('words', () => {
  test.each([
    ['', []],
    ['  \t', []],
    ['a b', ['a', 'b']],
    ['"a b" \'c d\'', ['a b', 'c d']],
    ['a="b c"d', ['a=b cd']],
    ['a\\ b', ['a b']],
    ['"a\\"b"', ['a"b']],
    ["'a\\'", ['a\\']],
    ['a \\\n  b', ['a', 'b']],
    ['a\\\nb', ['ab']],
    ['"a\\\nb"', ['ab']],
    ['"open', ['open']],
    ['end\\', ['end\\']],
    ['$A ${B:-c d}', ['$A', '${B:-c', 'd}']],
  ])('%j', (text, expected) => {
    assert.deepEqual(
      wordsIn(code(text)).map((word) => word.text),
      expected,
    );
  });

  test('have places, quotes included', () => {
    const text = 'a "b c" \\\n d';
    assert.deepEqual(
      wordsIn(code(text)).map(({ span, quoted }) => [text.slice(span.start, span.end), quoted]),
      [
        ['a', false],
        ['"b c"', true],
        ['d', false],
      ],
    );
  });

  test('of a file for Windows keep their backslashes', () => {
    assert.deepEqual(
      wordsIn(code('C:\\a\\b `\n c` d', '`')).map((word) => word.text),
      ['C:\\a\\b', 'c d'],
    );
  });
});

test('lists are lists of texts, and nothing else', () => {
  const text = ' [ "a", \\\n "b\\"c" ]';
  assert.deepEqual(
    listIn(code(text))?.map((word) => [word.text, text.slice(word.span.start, word.span.end)]),
    [
      ['a', '"a"'],
      ['b"c', '"b\\"c"'],
    ],
  );
  for (const none of ['a', "['a']", '["a", 1]', '["a"', '[ -f x ] && y', ''])
    assert.equal(listIn(code(none)), undefined, none);
});

test('variables, and those inside of their defaults', () => {
  const text = '$A-${B}x ${C:-${D}} \\$E \'$F\' "$G" ${H#p} ${I/a/b} ${J $1 $';
  assert.deepEqual(
    variablesIn(code(text)).map(({ name, operator, argument, span }) => [
      name,
      operator,
      argument,
      text.slice(span.start, span.end),
    ]),
    [
      ['A', '', '', '$A'],
      ['B', '', '', '${B}'],
      ['C', ':-', '${D}', '${C:-${D}}'],
      ['D', '', '', '${D}'],
      ['G', '', '', '$G'],
      ['H', '#', 'p', '${H#p}'],
      ['I', '/', 'a/b', '${I/a/b}'],
      ['1', '', '', '$1'],
    ],
  );
});

describe('instructions', () => {
  const instructionIn = (text: string) => parseDockerfile(text).instructions[0]!;
  const at = (text: string, { start, end }: { start: number; end: number }) =>
    text.slice(start, end);

  test('have flags with options', () => {
    const text = 'RUN --mount=type=cache,target="/a b" --network=none make\n';
    const { flags, argumentsSpan } = instructionIn(text);
    assert.deepEqual(
      flags.map(({ name, value, valueSpan }) => [name, value, at(text, valueSpan)]),
      [
        ['mount', 'type=cache,target=/a b', 'type=cache,target="/a b"'],
        ['network', 'none', 'none'],
      ],
    );
    assert.deepEqual(
      [...optionsOf(flags[0]!)],
      [
        ['type', 'cache'],
        ['target', '/a b'],
      ],
    );
    assert.equal(at(text, argumentsSpan), 'make');
  });

  test.each([
    [
      'ENV A=1 B="2 3" C=',
      [
        ['A', '1', '1'],
        ['B', '2 3', '"2 3"'],
        ['C', '', ''],
      ],
    ],
    ['ENV A some value', [['A', 'some value', 'some value']]],
    ['ARG A', [['A', undefined, '']]],
    ['LABEL "a b"=c', [['a b', 'c', 'c']]],
  ])('set names: %s', (text, expected) => {
    assert.deepEqual(
      instructionIn(text).properties.map(({ name, value, valueSpan }) => [
        name,
        value,
        at(text, valueSpan),
      ]),
      expected,
    );
  });

  test('put off others', () => {
    const text = 'ONBUILD COPY --from=a b c\n';
    const { trigger } = instructionIn(text);
    assert.equal(trigger?.keyword, 'COPY');
    assert.equal(trigger.flags[0]?.value, 'a');
    assert.equal(at(text, trigger.span), 'COPY --from=a b c');
  });
});
