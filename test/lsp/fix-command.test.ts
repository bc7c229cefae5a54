/** The command that fixes a document or the workspace. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { ApplyFixesParams, ApplyFixesResult } from '../../server/src/protocol/fixes.ts';
import { APPLY_FIXES_COMMAND } from '../../server/src/protocol/fixes.ts';
import { modern } from './connect.ts';
import { startEditor } from './editor.ts';
import { complete, dockerfile, LIMITS, oneMissing, RESTART, twoBare } from './samples.ts';

type Editor = Awaited<ReturnType<typeof startEditor>>;

const execute = (editor: Editor, ...args: readonly unknown[]): Promise<ApplyFixesResult> =>
  editor.connection.sendRequest('workspace/executeCommand', {
    command: APPLY_FIXES_COMMAND,
    arguments: args,
  });

const fix = (editor: Editor, params: ApplyFixesParams) => execute(editor, params);

const NOTHING = { fixed: 0, files: 0, remaining: 0, answers: [] };

describe('in one document', () => {
  test('fixes all of a rule', async () => {
    const editor = await startEditor();
    await editor.open(twoBare);
    const before = await editor.rules();
    const result = await fix(editor, { uri: editor.uri(), rule: RESTART, unsafe: false });
    assert.deepEqual(result, { fixed: 2, files: 1, remaining: 0, answers: [] });
    const after = await editor.rules();
    assert.equal(after.length, before.length - 2);
  });

  test('leaves what needs an answer, unless it is asked for', async () => {
    const editor = await startEditor();
    await editor.open(complete.replace('nginx:1.22', 'nginx'));
    const uri = editor.uri();
    assert.deepEqual(await fix(editor, { uri, unsafe: false }), { ...NOTHING, remaining: 1 });
    const { answers, ...result } = await fix(editor, { uri, unsafe: true });
    assert.deepEqual(result, { fixed: 1, files: 1, remaining: 0 });
    assert.equal(answers.length, 1);
    assert.match(answers[0]!, /in \.env to the version of nginx/);
  });
});

describe('in the workspace', () => {
  const files = {
    'a/compose.yaml': oneMissing,
    'b/docker-compose.yml': oneMissing.replaceAll('\n', '\r\n'),
    'c/compose.yaml': complete,
    'node_modules/x/compose.yaml': oneMissing,
    'notes.yaml': oneMissing,
  };

  test('fixes every file in one edit, unsaved texts included', async () => {
    const editor = await startEditor({ files });
    await editor.open(`# unsaved\n${oneMissing}`, 'a/compose.yaml');
    const result = await fix(editor, { rule: LIMITS, unsafe: false });
    assert.deepEqual(result, { fixed: 2, files: 2, remaining: 0, answers: [] });
    assert.equal(editor.seen.applied.length, 1);
    assert.match(editor.text('a/compose.yaml'), /^# unsaved\n[^]*limits:/);
    assert.equal(editor.read('a/compose.yaml'), oneMissing, 'saving is up to the user');
    assert.match(editor.read('b/docker-compose.yml'), /limits:\r\n/);
    assert.doesNotMatch(editor.read('b/docker-compose.yml'), /[^\r]\n/);
    assert.equal(editor.read('c/compose.yaml'), complete);
    assert.equal(editor.read('node_modules/x/compose.yaml'), oneMissing);
    assert.equal(editor.read('notes.yaml'), oneMissing);
  });

  test('heeds each folder its configuration', async () => {
    const editor = await startEditor({
      files: { ...files, 'a/.dockwright.yaml': `rules:\n  ${LIMITS}: off\n` },
    });
    assert.equal((await fix(editor, { rule: LIMITS, unsafe: false })).fixed, 1);
    assert.equal(editor.read('a/compose.yaml'), oneMissing);
  });

  test('makes an ignore file once, for two Dockerfiles of one folder', async () => {
    const editor = await startEditor({
      files: { Dockerfile: dockerfile, 'Dockerfile.dev': dockerfile, 'src/main.c': '', '.env': '' },
    });
    const result = await fix(editor, { rule: 'project/require-dockerignore', unsafe: false });
    assert.deepEqual(result, { fixed: 1, files: 1, remaining: 0, answers: [] });
    assert.match(editor.read('.dockerignore'), /\.env/);
  });

  test('counts as left what the client cannot make', async () => {
    const editor = await startEditor({
      files: { Dockerfile: dockerfile, 'src/main.c': '' },
      capabilities: {
        ...modern,
        workspace: { ...modern.workspace, workspaceEdit: { documentChanges: true } },
      },
    });
    const result = await fix(editor, { rule: 'project/require-dockerignore', unsafe: false });
    assert.deepEqual(result, { ...NOTHING, remaining: 1 });
  });

  test('follows the folders of the workspace', async () => {
    const editor = await startEditor({ files });
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: {
        added: [{ uri: editor.uri('b'), name: 'b' }],
        removed: [{ uri: editor.uri('').replace(/\/$/, ''), name: 'test' }],
      },
    });
    assert.equal((await fix(editor, { rule: LIMITS, unsafe: false })).fixed, 1);
    assert.equal(editor.read('a/compose.yaml'), oneMissing);
  });
});

describe('progress', () => {
  const capabilities = { ...modern, window: { workDoneProgress: true } };
  const files = { 'a/compose.yaml': oneMissing, 'b/compose.yaml': oneMissing };

  test('is shown, and ends', async () => {
    const editor = await startEditor({ capabilities, files });
    await fix(editor, { unsafe: false });
    const kinds = editor.seen.progress.map((value) => (value as { kind: string }).kind);
    assert.deepEqual(kinds, ['begin', 'report', 'report', 'end']);
  });

  test('can be cancelled, and then nothing has happened', async () => {
    const editor = await startEditor({ capabilities, files });
    editor.will.onProgress = (token) => {
      void editor.connection.sendNotification('window/workDoneProgress/cancel', { token });
    };
    assert.deepEqual(await fix(editor, { unsafe: false }), NOTHING);
    assert.deepEqual(editor.seen.applied, []);
    assert.equal(editor.read('a/compose.yaml'), oneMissing);
  });

  test('is told to whoever gave a token for it', async () => {
    const editor = await startEditor({ files });
    await editor.connection.sendRequest('workspace/executeCommand', {
      command: APPLY_FIXES_COMMAND,
      arguments: [{ unsafe: false }],
      workDoneToken: 'mine',
    });
    assert.ok(editor.seen.progress.length >= 2);
  });
});

describe('when it cannot be done', () => {
  test('a refusal of the client is told, and counts as nothing done', async () => {
    const editor = await startEditor();
    editor.will.acceptEdits = false;
    await editor.open(oneMissing);
    const result = await fix(editor, { uri: editor.uri(), unsafe: false });
    assert.deepEqual(result, { ...NOTHING, remaining: 1 });
    assert.match(editor.seen.warnings[0]!, /the user is typing.*nothing was changed/);
    assert.equal(editor.text(), oneMissing);
  });

  test.each([
    [[]],
    [[null]],
    [['all']],
    [[{ uri: 'file:///nowhere/compose.yaml', unsafe: false }]],
  ])('the arguments %j change nothing', async (args) => {
    const editor = await startEditor({ files: { 'compose.yaml': oneMissing } });
    assert.deepEqual(await execute(editor, ...args), NOTHING);
    assert.deepEqual(editor.seen.applied, []);
  });

  test('a client that cannot apply edits is not asked to', async () => {
    const { applyEdit: _applyEdit, ...workspace } = modern.workspace;
    const editor = await startEditor({ capabilities: { ...modern, workspace } });
    await editor.open(oneMissing);
    assert.deepEqual(await fix(editor, { uri: editor.uri(), unsafe: false }), NOTHING);
  });
});
