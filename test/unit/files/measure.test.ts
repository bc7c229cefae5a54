/** What of a folder is sent, counted on a real disk. */
import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { patternsIn } from '../../../server/src/dockerignore/patterns.ts';
import { measureContext } from '../../../server/src/files/measure.ts';
import { bound, folderWith } from './folder.ts';

const measured = (root: string, ignoreFile: string) => {
  const sent: string[] = [];
  const result = measureContext(root, patternsIn(ignoreFile), (path) => sent.push(path));
  return { ...result, paths: sent.sort() };
};

test('each file counts once: as sent, or for the line that keeps it out', () => {
  const root = folderWith({ 'a/b/1': 'xx', 'a/c': 'y', 'd.log': 'zzz', e: '' });
  const { sent, largest, keptOut, paths } = measured(root, 'a/b\n*.log\n*.log\n');
  assert.deepEqual(paths, ['a/c', 'e']);
  assert.deepEqual(sent, { files: 2, bytes: 1 });
  assert.deepEqual(largest, [
    { path: 'a/c', files: 1, bytes: 1 },
    { path: 'e', files: 1, bytes: 0 },
  ]);
  assert.deepEqual(
    keptOut.map(({ pattern: { text, line }, files, bytes }) => [line, text, files, bytes]),
    [
      [0, 'a/b', 1, 2],
      [1, '*.log', 1, 3],
      [2, '*.log', 0, 0],
    ],
  );
});

test('below a folder that is left out, a line may take something back', () => {
  const root = folderWith({ 'a/b/1': 'x', 'a/b/2': 'x', 'a/3': 'x' });
  assert.deepEqual(measured(root, 'a\n!a/b/1\n').paths, ['a/b/1']);
});

test('links are sent as links, wherever they lead', () => {
  const root = folderWith({ 'a/1': 'x' });
  symlinkSync('nowhere', join(root, 'broken'));
  symlinkSync('a', join(root, 'folder'));
  assert.deepEqual(measured(root, '').paths, ['a/1', 'broken', 'folder']);
});

test('folders that cannot be read are named', () => {
  const root = folderWith({ 'a/1': 'x', b: 'x' });
  chmodSync(root, 0o755);
  chmodSync(join(root, 'a'), 0);
  const { unreadable, paths } = bound(() => measured(root, ''));
  chmodSync(join(root, 'a'), 0o755);
  assert.deepEqual([paths, unreadable], [['b'], [join(root, 'a')]]);
});
