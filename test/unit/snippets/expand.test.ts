/** The tests' own expander reads snippet bodies as VS Code does. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { expandSnippet } from './expand.ts';

describe('expandSnippet', () => {
  const text = (...body: string[]) => expandSnippet(body).text;

  test('takes defaults, the first choice, and repeats an earlier default', () => {
    assert.equal(text('${1:web}: ${2|a,b|} $1$0'), 'web: a web');
  });

  test('nests placeholders', () => {
    assert.equal(text('${1:a ${2:b} c}'), 'a b c');
  });

  test('leaves escaped dollars, braces and backslashes as they are', () => {
    assert.equal(text(String.raw`\${A:?set A} \$\$B \\ \n ${'${1:\\}}'}`), '${A:?set A} $$B \\ \\n }');
  });

  test('turns tabs at the start of a line into indentation', () => {
    assert.equal(text('a:', '\tb:', '\t\t- c'), 'a:\n  b:\n    - c');
  });

  test('gives variables their default or nothing', () => {
    assert.equal(text('[$TM_FILENAME][${CURRENT_YEAR:2000}]'), '[][2000]');
  });

  test('says in which order the tab stops stand', () => {
    assert.deepEqual(expandSnippet(['${1:a} $2 ${1:a}$0']).stops, [1, 2, 1, 0]);
  });

  test.each(['${1:a', '${1|a,b', 'a $ b', '${a:b}'])('refuses %s', (body) => {
    assert.throws(() => expandSnippet([body]));
  });
});
