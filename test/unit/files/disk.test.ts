/** Facts of files from the disk, with unsaved texts in front of it, and the configuration that counts. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { diskFacts, overlay } from '../../../server/src/files/disk.ts';
import { findConfig } from '../../../server/src/files/find-config.ts';
import { ignoredBy } from '../../../server/src/files/ignored.ts';
import { folderWith } from './folder.ts';

describe('diskFacts', () => {
  test('reads text as an editor shows it, and nothing that is none', () => {
    const root = folderWith({ a: '\uFEFFx\r\n', b: new Uint8Array([0]) });
    const facts = diskFacts();
    assert.equal(facts.readText(join(root, 'a')), 'x\r\n');
    assert.equal(facts.readText(join(root, 'b')), undefined);
    assert.equal(facts.readText(root), undefined);
    assert.equal(facts.readText(join(root, 'c')), undefined);
  });

  test('knows files from folders, and lists by name without leading anybody through links', () => {
    const root = folderWith({ b: '', a: '', 'folder/x': '' });
    symlinkSync('a', join(root, 'c'));
    symlinkSync('.', join(root, 'd'));
    symlinkSync('nowhere', join(root, 'e'));
    const facts = diskFacts();
    assert.deepEqual(facts.list(root), [
      { name: 'a', kind: 'file' },
      { name: 'b', kind: 'file' },
      { name: 'c', kind: 'file' },
      { name: 'd', kind: 'other' },
      { name: 'e', kind: 'other' },
      { name: 'folder', kind: 'directory' },
    ]);
    const kinds = ['a', 'c', 'folder', 'e', 'x'].map((name) => facts.kindOf(join(root, name)));
    assert.deepEqual(kinds, ['file', 'file', 'directory', undefined, undefined]);
    assert.deepEqual(facts.list(join(root, 'a')), []);
  });
});

test('overlay puts unsaved texts in front of the disk', () => {
  const root = folderWith({ saved: 'old', other: 'other' });
  const texts = new Map([
    [join(root, 'saved'), 'new'],
    [join(root, 'fresh'), ''],
  ]);
  const facts = overlay(diskFacts(), texts);
  assert.equal(facts.readText(join(root, 'saved')), 'new');
  assert.equal(facts.readText(join(root, 'fresh')), '');
  assert.equal(facts.readText(join(root, 'other')), 'other');
  assert.equal(facts.kindOf(join(root, 'fresh')), 'file');
  assert.deepEqual(
    facts.list(root).map(({ name }) => name),
    ['fresh', 'other', 'saved'],
  );
});

describe('findConfig', () => {
  test('takes the nearest one, .yaml before .yml, and no folder of that name', () => {
    const root = folderWith({
      '.git/HEAD': '',
      '.dockwright.yaml': '',
      'a/.dockwright.yml': '',
      'a/.dockwright.yaml': '',
      'a/b/.dockwright.yml': '',
    });
    mkdirSync(join(root, 'a/b/c/.dockwright.yaml'), { recursive: true });
    const facts = diskFacts();
    assert.equal(findConfig(join(root, 'x.yaml'), facts), join(root, '.dockwright.yaml'));
    assert.equal(findConfig(join(root, 'a/x.yaml'), facts), join(root, 'a/.dockwright.yaml'));
    assert.equal(findConfig(join(root, 'a/b/c/x.yaml'), facts), join(root, 'a/b/.dockwright.yml'));
  });

  test('does not look above the folder that holds .git, which may be a file', () => {
    const root = folderWith({ '.dockwright.yaml': '', 'repo/.git': 'gitdir: x', 'repo/a/x': '' });
    assert.equal(findConfig(join(root, 'repo/a/x'), diskFacts()), undefined);
  });

  test('asks once per folder where a cache is given', () => {
    const root = folderWith({ '.git/HEAD': '', '.dockwright.yaml': '', 'a/b/x': '' });
    let asked = 0;
    const disk = diskFacts();
    const facts = { ...disk, kindOf: (path: string) => (asked++, disk.kindOf(path)) };
    const cache = new Map<string, string | undefined>();
    const expected = join(root, '.dockwright.yaml');
    assert.equal(findConfig(join(root, 'a/b/x'), facts, cache), expected);
    const before = asked;
    for (const name of ['a/b/y', 'a/z', 'q'])
      assert.equal(findConfig(join(root, name), facts, cache), expected);
    assert.equal(asked, before);
  });
});

test('ignoredBy matches below the folder of the configuration only', () => {
  const isIgnored = ignoredBy({
    ...defaultSettings,
    root: '/r',
    ignores: ['vendor/', '*.tmp.yaml', '!keep.tmp.yaml'],
  });
  const cases = {
    '/r/vendor/compose.yaml': true,
    '/r/a/x.tmp.yaml': true,
    '/r/keep.tmp.yaml': false,
    '/r/a': false,
  };
  for (const [path, expected] of Object.entries(cases))
    assert.equal(isIgnored(path), expected, path);
  assert.equal(isIgnored('/other/vendor/compose.yaml'), false);
  assert.equal(ignoredBy(defaultSettings)('/r/vendor/x'), false);
});
