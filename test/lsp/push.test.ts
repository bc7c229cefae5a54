/** Diagnostics for clients that do not pull: sent when they are news, and only then. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { pushed } from './connect.ts';
import { startEditor } from './editor.ts';
import { complete, dockerfile, IGNORE_FILE, LIMITS, oneMissing } from './samples.ts';

test('a client that does not pull is not offered it', async () => {
  const editor = await startEditor({ capabilities: pushed });
  assert.equal(editor.initialized.capabilities.diagnosticProvider, undefined);
});

test('diagnostics come by themselves, and go when the document is closed', async () => {
  const editor = await startEditor({ capabilities: pushed });
  await editor.open(oneMissing);
  assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  await editor.change(complete);
  assert.deepEqual(await editor.rules(), []);
  await editor.change(oneMissing);
  assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  const uri = editor.uri();
  await editor.close();
  await editor.until(() => {
    const newest = editor.seen.published.findLast((params) => params.uri === uri);
    return newest?.version === undefined && newest?.diagnostics.length === 0;
  });
});

test('50 keys in a row bring the newest version, not fifty', async () => {
  const editor = await startEditor({ capabilities: pushed });
  await editor.open(complete);
  await editor.diagnostics();
  for (let key = 1; key <= 50; key++) await editor.change(`${'# key\n'.repeat(key)}${oneMissing}`);
  const diagnostics = await editor.diagnostics();
  assert.equal(diagnostics[0]?.range.start.line, 51);
  assert.ok(editor.seen.published.length <= 25, `${editor.seen.published.length} reports`);
  assert.ok(editor.seen.checks.length <= 25, `${editor.seen.checks.length} checks`);
});

test('while somebody types, nothing else makes it check that document more often than there are keys', async () => {
  const editor = await startEditor({ capabilities: pushed });
  await editor.open(complete);
  await editor.diagnostics();
  for (let key = 1; key <= 20; key++) {
    await editor.change(`${'# key\n'.repeat(key)}${oneMissing}`);
    await editor.configure({});
    await editor.roundTrip();
  }
  await editor.diagnostics();
  assert.ok(editor.seen.checks.length <= 21, `${editor.seen.checks.length} checks`);
});

test('a document that depends on another one is sent anew, and nobody else is', async () => {
  const files = { Dockerfile: dockerfile, 'src/main.c': '', 'other/compose.yaml': oneMissing };
  const editor = await startEditor({ capabilities: pushed, files });
  await editor.openFile('other/compose.yaml');
  await editor.diagnostics();
  await editor.openFile('Dockerfile');
  assert.ok((await editor.rules()).some((rule) => rule.startsWith(IGNORE_FILE)));
  const before = editor.seen.published.length;
  await editor.write('.dockerignore', '.git\n');
  await editor.until(() => editor.seen.published.length > before);
  assert.ok(!(await editor.rules('Dockerfile')).some((rule) => rule.startsWith(IGNORE_FILE)));
  assert.deepEqual(
    editor.seen.published.slice(before).map(({ uri }) => uri),
    [editor.uri('Dockerfile')],
  );
});

test('a change of the settings is sent without being asked', async () => {
  const editor = await startEditor({ capabilities: pushed });
  await editor.open(oneMissing);
  assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  await editor.configure({ enable: false });
  await editor.until(() => editor.seen.published.at(-1)?.diagnostics.length === 0);
});
