/** What COPY takes from a context: there, kept out, or somewhere above. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parseDockerfile } from '../../../server/src/dockerfile/model.ts';
import {
  copyContextOf,
  isSomewhereAbove,
  lookUp,
  sourcesIn,
} from '../../../server/src/project/copy-sources.ts';
import { memoryFiles } from '../memory-files.ts';

const texts = { '/r/app/main.js': '', '/r/app/Dockerfile': '', '/r/shared/a.conf': '' };

test('what lies in a folder above may be in the context that is built from', () => {
  const context = copyContextOf('/r/app/docker', undefined, memoryFiles(texts));
  const isAbove = (path: string, more: Record<string, string> = {}) =>
    isSomewhereAbove(path, context, memoryFiles({ ...texts, ...more }));
  assert.equal(isAbove('main.js'), true);
  assert.equal(isAbove('shared/*.conf'), true);
  assert.equal(isAbove('gone.js'), false);
  assert.equal(isAbove('main.js', { '/r/app/docker/.git/HEAD': '' }), false);
});

test('paths are cleaned, and those that lead out are told apart', () => {
  const { instructions } = parseDockerfile('FROM a\nCOPY /./x/ a/../.. .. ... ./ /d/\n');
  assert.deepEqual(
    instructions.flatMap(sourcesIn).map(({ path, isOutside }) => [path, isOutside]),
    [
      ['x', false],
      ['..', true],
      ['..', true],
      ['...', false],
      ['.', false],
    ],
  );
});

test('a folder of which something is taken back may be sent in part', () => {
  const files = memoryFiles({ '/c/a/b': '', '/c/.dockerignore': 'a\n!a/b\n' });
  const context = copyContextOf('/c', '/c/.dockerignore', files);
  assert.equal(lookUp('a', context, files).kind, 'unknown');
  assert.equal(lookUp('a/b', context, files).kind, 'sent');
  assert.equal(lookUp('.', context, files).kind, 'sent');
  assert.equal(lookUp('[', context, files).kind, 'missing');
});
