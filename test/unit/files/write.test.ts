/** Files are written whole or not at all, and only where they belong. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { createAtomic, describeWriteError, writeAtomic } from '../../../server/src/files/write.ts';
import type { Result } from '../../../server/src/core/result.ts';
import type { WriteError } from '../../../server/src/files/write.ts';
import { bound, folderWith } from './folder.ts';

const outcome = (result: Result<void, WriteError>): string =>
  result.ok ? 'ok' : result.error.kind;
const textOf = (...path: string[]): string => readFileSync(join(...path), 'utf8');

describe('writeAtomic', () => {
  test('replaces the text and keeps mode and owner', () => {
    const root = folderWith({ 'compose.yaml': 'old' });
    const path = join(root, 'compose.yaml');
    chmodSync(path, 0o640);
    if (process.getuid?.() === 0) chownSync(path, 1234, 1235);
    const { uid, gid } = statSync(path);
    assert.equal(outcome(writeAtomic(path, 'new', { root, expected: 'old' })), 'ok');
    const after = statSync(path);
    assert.equal(textOf(path), 'new');
    assert.deepEqual([after.mode & 0o777, after.uid, after.gid], [0o640, uid, gid]);
    assert.deepEqual(readdirSync(root), ['compose.yaml']);
  });

  test('leaves alone what somebody changed in the meantime', () => {
    const root = folderWith({ 'compose.yaml': 'theirs' });
    const result = writeAtomic(join(root, 'compose.yaml'), 'ours', { root, expected: 'old' });
    assert.equal(outcome(result), 'changed');
    assert.equal(textOf(root, 'compose.yaml'), 'theirs');
    assert.deepEqual(readdirSync(root), ['compose.yaml']);
  });

  test('writes the target of a link within the tree, and leaves the link', () => {
    const root = folderWith({ 'real/base.yaml': 'old' });
    symlinkSync('real/base.yaml', join(root, 'compose.yaml'));
    assert.equal(outcome(writeAtomic(join(root, 'compose.yaml'), 'new', { root })), 'ok');
    assert.equal(textOf(root, 'real/base.yaml'), 'new');
    assert.ok(lstatSync(join(root, 'compose.yaml')).isSymbolicLink());
  });

  test('never writes through a link that leads out of the tree', () => {
    const elsewhere = folderWith({ 'base.yaml': 'theirs' });
    const root = folderWith({});
    symlinkSync(join(elsewhere, 'base.yaml'), join(root, 'compose.yaml'));
    symlinkSync(elsewhere, join(root, 'folder'));
    for (const name of ['compose.yaml', 'folder/base.yaml']) {
      assert.equal(outcome(writeAtomic(join(root, name), 'ours', { root })), 'outside');
    }
    assert.equal(textOf(elsewhere, 'base.yaml'), 'theirs');
    assert.deepEqual(readdirSync(elsewhere), ['base.yaml']);
  });

  test('takes a folder that begins with the name of the tree for another one', () => {
    const parent = folderWith({ 'tree/x': '', 'tree2/base.yaml': 'theirs' });
    symlinkSync('../tree2/base.yaml', join(parent, 'tree/compose.yaml'));
    const result = writeAtomic(join(parent, 'tree/compose.yaml'), 'ours', {
      root: join(parent, 'tree'),
    });
    assert.equal(outcome(result), 'outside');
    assert.equal(textOf(parent, 'tree2/base.yaml'), 'theirs');
  });

  test('fails for a file that is gone, and for a circle of links', () => {
    const root = folderWith({});
    symlinkSync('loop', join(root, 'loop'));
    assert.equal(outcome(writeAtomic(join(root, 'x'), '', { root })), 'missing');
    assert.equal(outcome(writeAtomic(join(root, 'loop'), '', { root })), 'other');
    assert.deepEqual(readdirSync(root), ['loop']);
  });

  test.skipIf(process.platform === 'win32')('respects read-only files and folders', () => {
    const root = folderWith({ 'compose.yaml': 'old', 'folder/compose.yaml': 'old' });
    chmodSync(root, 0o777);
    chmodSync(join(root, 'compose.yaml'), 0o444);
    chmodSync(join(root, 'folder'), 0o555);
    chmodSync(join(root, 'folder/compose.yaml'), 0o666);
    for (const name of ['compose.yaml', 'folder/compose.yaml']) {
      const result = bound(() => writeAtomic(join(root, name), 'new', { root }));
      assert.equal(outcome(result), 'permission', name);
      assert.equal(textOf(root, name), 'old');
    }
    chmodSync(join(root, 'folder'), 0o755);
  });
});

describe('createAtomic', () => {
  test('creates a file, and leaves nothing else', () => {
    const root = folderWith({});
    assert.equal(outcome(createAtomic(join(root, '.dockerignore'), 'x\n', { root })), 'ok');
    assert.equal(textOf(root, '.dockerignore'), 'x\n');
    assert.deepEqual(readdirSync(root), ['.dockerignore']);
  });

  test('never replaces anything: a file, a folder, a broken link', () => {
    const root = folderWith({ file: 'theirs' });
    mkdirSync(join(root, 'folder'));
    symlinkSync('nowhere', join(root, 'link'));
    for (const name of ['file', 'folder', 'link']) {
      assert.equal(outcome(createAtomic(join(root, name), 'ours', { root })), 'exists', name);
    }
    assert.equal(textOf(root, 'file'), 'theirs');
    assert.deepEqual(readdirSync(root), ['file', 'folder', 'link']);
  });

  test('does not follow a folder out of the tree, nor make folders', () => {
    const elsewhere = folderWith({});
    const root = folderWith({});
    symlinkSync(elsewhere, join(root, 'context'));
    const path = join(root, 'context', '.dockerignore');
    assert.equal(outcome(createAtomic(path, 'x', { root })), 'outside');
    assert.equal(
      outcome(createAtomic(join(root, 'no', '.dockerignore'), 'x', { root })),
      'missing',
    );
    assert.deepEqual(readdirSync(elsewhere), []);
  });
});

test('every failure says that nothing was written', () => {
  const kinds = ['changed', 'exists', 'missing', 'permission', 'full'] as const;
  const sentences = [
    ...kinds.map((kind) => describeWriteError({ path: 'x', kind })),
    describeWriteError({ path: 'x', kind: 'outside', target: '/t', root: '/r' }),
    describeWriteError({ path: 'x', kind: 'other', code: 'EIO' }),
  ];
  for (const sentence of sentences) assert.match(sentence, /^Not (written|created)/);
  assert.equal(new Set(sentences).size, sentences.length);
});
