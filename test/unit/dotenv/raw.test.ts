/** `format: raw`, against what `docker run --env-file` makes of the same texts. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { parseRaw } from '../../../server/src/dotenv/raw.ts';

const parse = (text: string): ReturnType<typeof parseRaw> =>
  parseRaw({ file: '/p/x.env', text }, (name) => (name === 'OS' ? 'os' : undefined));

test('takes lines as they are: quotes, variables, comments and spaces at the end are part of the value', () => {
  const text = '\ufeff# c\n\n  A= "x" $OS # y \r\nB=\nOS\nNOPE\nC=a=b';
  const { variables, problems } = parse(text);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    variables.map(({ name, value, inherited }) => [name, value, inherited]),
    [
      ['A', ' "x" $OS # y ', false],
      ['B', '', false],
      ['OS', 'os', true],
      ['NOPE', undefined, true],
      ['C', 'a=b', false],
    ],
  );
  for (const { name, nameSpan, valueSpan, value, inherited } of variables) {
    assert.equal(text.slice(nameSpan.start, nameSpan.end), name);
    if (!inherited) assert.equal(text.slice(valueSpan.start, valueSpan.end), value);
  }
});

describe('what docker refuses', () => {
  test.each([
    ['X=1\nA B=1\n', 'space-in-name', 'A B'],
    ['X =1\n', 'space-in-name', 'X '],
    ['=x\n', 'bad-character', '=x'],
  ])('%s', (text, kind, at) => {
    const [problem] = parse(text).problems;
    assert.equal(problem?.kind, kind);
    assert.equal(text.slice(problem.span.start, problem.span.end), at);
  });
});
