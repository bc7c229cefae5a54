/** What goes wrong inside is logged and answered empty; the server lives on. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { diskFacts } from '../../server/src/files/disk.ts';
import type { FileFacts } from '../../server/src/project/files.ts';
import { pushed } from './connect.ts';
import { startEditor } from './editor.ts';
import { dockerfile, IGNORE_FILE, LIMITS, oneMissing } from './samples.ts';

const disk = diskFacts();

const brokenDisk = {
  ...disk,
  kindOf: (path: string) => {
    if (path.includes('broken')) throw new Error('the disk is on fire');
    return disk.kindOf(path);
  },
};

test('a handler that fails is logged and answers empty', async () => {
  const editor = await startEditor({ disk: brokenDisk });
  await editor.open(oneMissing, 'broken/compose.yaml');
  assert.deepEqual(await editor.rules(), []);
  assert.deepEqual(await editor.actionsFor([], ['source']), []);
  assert.match(editor.seen.log.join('\n'), /failed at diagnostics: Error: the disk is on fire/);
  assert.match(editor.seen.log.join('\n'), /failed at code actions: Error: the disk is on fire/);
  await editor.open(oneMissing);
  assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
});

test('one document that fails does not keep others from being published', async () => {
  const editor = await startEditor({ disk: brokenDisk, capabilities: pushed });
  await editor.open(oneMissing, 'broken/compose.yaml');
  await editor.open(oneMissing);
  assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  await editor.until(() => editor.seen.log.some((line) => line.includes('publishing')));
});

test('a rule that fails is logged once, and the other rules go on', async () => {
  const failing = {
    ...disk,
    list: () => {
      throw new Error('no such luck');
    },
  };
  const editor = await startEditor({ disk: failing });
  await editor.open(dockerfile, 'Dockerfile', 'dockerfile');
  assert.ok((await editor.rules()).some((rule) => rule.startsWith('dockerfile/')));
  for (const more of ['# a\n', '# b\n']) {
    await editor.change(more + dockerfile);
    await editor.rules();
  }
  const logged = editor.seen.log.filter((line) => line.includes('no such luck'));
  assert.equal(logged.length, 1, logged.join('\n'));
  assert.ok(logged[0]?.includes(`the rule ${IGNORE_FILE}`));
});

test('a client that refuses to be asked does no harm', async () => {
  const editor = await startEditor();
  for (const method of ['workspace/configuration', 'workspace/diagnostic/refresh']) {
    editor.connection.onRequest(method, () => {
      throw new Error('not today');
    });
  }
  await editor.open(oneMissing);
  assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  await editor.configure({});
  await editor.until(() => editor.seen.log.some((line) => line.includes('asking for a refresh')));
  assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
});

test('for a document that is no file, the disk is not asked anything', async () => {
  const asked: string[] = [];
  const watched: FileFacts = {
    readText: (path) => (asked.push(path), disk.readText(path)),
    kindOf: (path) => (asked.push(path), disk.kindOf(path)),
    list: (path) => (asked.push(path), disk.list(path)),
  };
  const editor = await startEditor({ disk: watched });
  await editor.open(`${oneMissing}    build: .\n`, 'vscode-vfs://github/me/compose.yaml');
  assert.ok((await editor.rules()).includes(`${LIMITS} 1`));
  await editor.open(dockerfile, 'untitled:Untitled-1', 'dockerfile');
  await editor.rules();
  assert.deepEqual(asked, []);
});
