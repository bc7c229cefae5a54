/** Which files a walk finds, in which order, and what it does not fall into. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'vitest';
import { walk } from '../../../server/src/files/walk.ts';
import { folderWith } from './folder.ts';

const walked = (root: string): readonly string[] =>
  Array.from(walk(root), (entry) =>
    entry.ok
      ? relative(root, entry.value)
      : `${relative(root, entry.error.path)}: ${entry.error.kind}`,
  );

describe('walk', () => {
  test('finds our files by name, sorted, without node_modules and .git', () => {
    const root = folderWith({
      'b/compose.yaml': '',
      'a/Dockerfile': '',
      'a/api.dockerfile': '',
      'a/Dockerfile.dockerignore': '',
      'compose.prod.yml': '',
      'values.yaml': '',
      'node_modules/x/Dockerfile': '',
      'b/node_modules/Dockerfile': '',
      '.git/compose.yaml': '',
      '.devcontainer/Dockerfile': '',
    });
    assert.deepEqual(walked(root), [
      '.devcontainer/Dockerfile',
      'a/Dockerfile',
      'a/api.dockerfile',
      'b/compose.yaml',
      'compose.prod.yml',
    ]);
  });

  test('leaves out what .gitignore files name, the inner ones after the outer ones', () => {
    const root = folderWith({
      '.gitignore': '# comment\nbuild/\n/compose.override.yaml\n*.dockerfile\n!keep.dockerfile\n',
      'compose.override.yaml': '',
      'a/compose.override.yaml': '',
      'build/Dockerfile': '',
      'a/build/Dockerfile': '',
      'a/x.dockerfile': '',
      'a/keep.dockerfile': '',
      'a/.gitignore': '/Dockerfile\nsub/Dockerfile\n',
      'a/Dockerfile': '',
      'a/b/Dockerfile': '',
      'a/sub/Dockerfile': '',
      'c/.gitignore': '!build/\n',
      'c/build/Dockerfile': '',
      'd [x]/.gitignore': 'Dockerfile\n',
      'd [x]/Dockerfile': '',
      'd [x]/e/Dockerfile': '',
      'd x/Dockerfile': '',
    });
    assert.deepEqual(walked(root), [
      'a/b/Dockerfile',
      'a/compose.override.yaml',
      'a/keep.dockerfile',
      'c/build/Dockerfile',
      'd x/Dockerfile',
    ]);
  });

  test('agrees with git on a tangle of patterns', () => {
    const files = [
      'Dockerfile',
      'a/Dockerfile',
      'a/b/Dockerfile',
      'a/b/c/Dockerfile',
      'x/a/b/Dockerfile',
    ];
    const root = folderWith({
      ...Object.fromEntries(files.map((name) => [name, ''])),
      '.gitignore': 'b/*\n!b/c/\n',
      'a/.gitignore': '!b/\n!b/Dockerfile\n\\#x\n /y\n',
      'x/.gitignore': 'a/**/Dockerfile\r\n',
    });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const listed = execFileSync('git', ['ls-files', '--others', '--exclude-standard'], {
      cwd: root,
    });
    const expected = listed
      .toString()
      .split('\n')
      .filter((name) => name.endsWith('Dockerfile'));
    assert.deepEqual(walked(root), expected.sort());
  });

  test('knows the .gitignore files above it up to the root of git, unless they name the root itself', () => {
    const root = folderWith({
      '.gitignore': 'generated\nout/\n',
      '.git/HEAD': '',
      'a/b/generated/Dockerfile': '',
      'a/b/Dockerfile': '',
      'out/Dockerfile': '',
    });
    assert.deepEqual(walked(join(root, 'a/b')), ['Dockerfile']);
    assert.deepEqual(walked(join(root, 'out')), ['Dockerfile']);
  });

  test('does not follow links to folders, in circles or out of the tree', () => {
    const elsewhere = folderWith({ Dockerfile: '' });
    const root = folderWith({ 'a/Dockerfile': '', 'real.yaml': '' });
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync(elsewhere, join(root, 'elsewhere'));
    symlinkSync(elsewhere, join(root, 'linked.dockerfile'));
    symlinkSync('real.yaml', join(root, 'compose.yaml'));
    assert.deepEqual(walked(root), ['a/Dockerfile', 'compose.yaml']);
  });

  test('yields broken links, so that reading says what is wrong; not pipes', () => {
    const root = folderWith({});
    symlinkSync('Dockerfile', join(root, 'Dockerfile'));
    symlinkSync('nowhere', join(root, 'compose.yaml'));
    execFileSync('mkfifo', [join(root, 'x.dockerfile')]);
    assert.deepEqual(walked(root), ['Dockerfile', 'compose.yaml']);
  });

  test('tells of an empty folder that has the name of a file, and walks into one that is not empty', () => {
    const root = folderWith({ 'dockerfile/Dockerfile': '', 'dockerfile/x': '' });
    mkdirSync(join(root, 'a/compose.yaml'), { recursive: true });
    assert.deepEqual(walked(root), ['a/compose.yaml: directory', 'dockerfile/Dockerfile']);
  });

  test('tells of a folder that is not there', () => {
    assert.deepEqual(walked(join(folderWith({}), 'x')), [': missing']);
  });
});
