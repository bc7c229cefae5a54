/** What lies around a project: whoever includes it, and files that are meant to be missing. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { isExpectedToBeMissing, isSubmodule } from '../../../server/src/project/expected.ts';
import { memoryFiles } from '../memory-files.ts';

const included = 'services:\n  web:\n    image: shop/web:${TAG}\nvolumes:\n  data:\n';

function rulesIn(above: string): readonly string[] {
  const path = '/shop/web/compose.yaml';
  const files = memoryFiles({ [path]: included, '/shop/compose.yaml': above });
  const settings = {
    ...defaultSettings,
    only: new Set(['compose/no-unset-variable', 'compose/no-unused-volume']),
  };
  return lint({ path, text: included, language: 'compose' }, settings, files).findings.map(
    ({ rule }) => rule,
  );
}

test('what a project above includes takes variables and users from there', () => {
  assert.deepEqual(rulesIn('include:\n  - path: web/compose.yaml\n    env_file: common.env\n'), []);
  assert.deepEqual(rulesIn('include:\n  - other/compose.yaml\nservices: {}\n'), [
    'compose/no-unset-variable',
    'compose/no-unused-volume',
  ]);
});

test('a file is expected to be missing where Git ignores it or an example shows it', () => {
  const files = memoryFiles({
    '/shop/.git/HEAD': '',
    '/shop/.gitignore': '*.txt\n!keep.txt\n/local/\n',
    '/shop/conf/.gitignore': 'site.conf\n',
    '/shop/conf/app.example.yaml': '',
    '/shop/db.env.sample': '',
    '/.gitignore': '*\n',
  });
  const missing = ['/shop/a.txt', '/shop/local/x/y', '/shop/conf/site.conf', '/shop/conf/app.yaml'];
  for (const path of [...missing, '/shop/db.env'])
    assert.ok(isExpectedToBeMissing(path, files), path);
  // What lies above the repository says nothing about it.
  for (const path of ['/shop/keep.txt', '/shop/site.conf', '/shop/conf/other.yaml'])
    assert.ok(!isExpectedToBeMissing(path, files), path);
});

test('a submodule may not be checked out', () => {
  const files = memoryFiles({ '/shop/.gitmodules': '[submodule "a"]\n  path = vendor/a\n' });
  assert.ok(isSubmodule('/shop/vendor/a', files));
  assert.ok(isSubmodule('/shop/vendor/a/docker', files));
  assert.ok(!isSubmodule('/shop/vendor/ab', files));
});
