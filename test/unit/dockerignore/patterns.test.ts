/** Lines of a .dockerignore against paths: the cases of Docker's documentation, and those of its matcher. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { matcherOf, patternsIn } from '../../../server/src/dockerignore/patterns.ts';

const isLeftOut = (lines: string, path: string): boolean =>
  matcherOf(patternsIn(lines)).leftOutBy(path) !== undefined;

describe('a path', () => {
  test.each([
    // docs.docker.com/build/concepts/context: */temp*, */*/temp*, temp?
    ['*/temp*', 'somedir/temporary.txt', true],
    ['*/temp*', 'somedir/temp', true],
    ['*/temp*', 'temp', false],
    ['*/temp*', 'a/b/temp', false],
    ['*/*/temp*', 'somedir/subdir/temporary.txt', true],
    ['temp?', 'tempa', true],
    ['temp?', 'temp', false],
    ['**/*.go', 'main.go', true],
    ['**/*.go', 'a/b/main.go', true],
    ['**/*.go', 'main.gox', false],
    ['*.md\n!README.md', 'README.md', false],
    ['*.md\n!README.md', 'OTHER.md', true],
    ['*.md\n!README*.md\nREADME-secret.md', 'README-secret.md', true],
    ['*.md\nREADME-secret.md\n!README*.md', 'README-secret.md', false],
    ['/foo/bar', 'foo/bar', true],
    ['foo/bar/', 'foo/bar', true],
    ['*\n!src', 'src/app/main.js', false],
    ['*\n!src', 'other', true],
    ['node_modules', 'node_modules/a/b.js', true],
    ['node_modules', 'app/node_modules', false],
    ['**/node_modules', 'app/node_modules/x', true],
    ['**', 'a/b', true],
    ['**\n!a', 'a/b', false],
    ['a/**', 'a', false],
    ['a/**', 'a/b/c', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/x/y/c', true],
    ['**file', 'dir/file', true],
    ['**file', 'xfile', true],
    ['**fi*e', 'xfile', false],
    ['**/file', 'file', true],
    ['**/file', 'xfile', false],
    ['a\\', 'a\\', true],
    ['a\\d', 'ad', true],
    ['dir/../other', 'other', true],
    ['./a', 'a', true],
    ['a[b-d]e', 'ace', true],
    ['a[^b-d]e', 'ace', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a.b', 'axb', false],
    ['(a)+{b}|$', '(a)+{b}|$', true],
    ['a b', 'a b', true],
    ['  a  ', 'a', true],
    [' # no comment', '# no comment', true],
    ['# a comment', '# a comment', false],
    ['\uFEFFa', 'a', true],
    ['a\r\nb\r', 'b', true],
    ['ä*', 'äö', true],
    ['.', 'a', false],
    ['', 'a', false],
  ] as const)('%j leaves out %j: %s', (lines, path, expected) => {
    assert.equal(isLeftOut(lines, path), expected);
  });
});

test('the line that decides is named, with its place', () => {
  const text = '# top\n\nlogs\n  *.md\n!README.md\n';
  const matcher = matcherOf(patternsIn(text));
  const by = matcher.leftOutBy('OTHER.md');
  assert.equal(by?.line, 3);
  assert.equal(text.slice(by.span.start, by.span.end), '*.md');
  assert.equal(matcher.leftOutBy('README.md'), undefined);
  assert.equal(matcher.hasNegations, true);
  assert.equal(matcherOf(patternsIn('a\n')).hasNegations, false);
});

test('lines that Docker refuses say why, and match nothing', () => {
  const patterns = patternsIn('!\na[\nb\n');
  assert.deepEqual(
    patterns.map(({ problem }) => problem !== undefined),
    [true, true, false],
  );
  assert.equal(matcherOf(patterns).leftOutBy('a['), undefined);
});
