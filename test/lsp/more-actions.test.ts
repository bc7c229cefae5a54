/** What changes more than one place, or more than the document: on save, by ignoring, by making a file. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { editorWith } from './connect.ts';
import { startEditor } from './editor.ts';
import { complete, dockerfile, IGNORE_FILE, RESTART, twoBare } from './samples.ts';

const titles = (actions: readonly { readonly title: string }[]) =>
  actions.map(({ title }) => title);

describe('on save', () => {
  test('safe fixes are made, unsafe ones are not', async () => {
    const editor = await startEditor();
    await editor.open(twoBare.replace('nginx:1.22', 'nginx'));
    await editor.save();
    assert.deepEqual(await editor.rules(), ['compose/no-floating-image-tag 2']);
    const once = editor.text();
    await editor.save();
    assert.equal(editor.text(), once);
  });

  test('a file without problems is not touched', async () => {
    const editor = await startEditor();
    await editor.open(complete);
    assert.deepEqual(await editor.actionsFor([], ['source.fixAll.dockwright']), []);
  });

  test('no other file is made', async () => {
    const editor = await startEditor({ files: { Dockerfile: dockerfile, 'src/main.c': '' } });
    await editor.openFile('Dockerfile');
    assert.ok((await editor.rules()).some((rule) => rule.startsWith(IGNORE_FILE)));
    await editor.save();
    assert.ok(!existsSync(join(editor.folder, '.dockerignore')));
    assert.ok((await editor.rules()).some((rule) => rule.startsWith(IGNORE_FILE)));
    for (const { edit } of await editor.actionsFor([], ['source.fixAll.dockwright'])) {
      assert.deepEqual(Object.keys(edit ?? {}), ['documentChanges']);
      for (const change of edit?.documentChanges ?? []) {
        assert.ok('textDocument' in change && change.textDocument.uri === editor.uri());
      }
    }
  });

  test('a broken file is not touched', async () => {
    const editor = await startEditor();
    await editor.open(`${twoBare}  c: [\n`);
    assert.deepEqual(await editor.actionsFor([], ['source.fixAll.dockwright']), []);
  });
});

describe('ignoring', () => {
  test('here silences this one', async () => {
    const editor = await startEditor();
    await editor.open(twoBare);
    await editor.choose(1, `Ignore ${RESTART} here`);
    assert.match(
      editor.text(),
      /^ {2}# dockwright ignore=compose\/require-restart-policy -- .+\n {2}a:/m,
    );
    const rules = await editor.rules();
    assert.ok(!rules.includes(`${RESTART} 2`));
    assert.ok(rules.includes(`${RESTART} 4`));
  });

  test('in the file silences all', async () => {
    const editor = await startEditor();
    await editor.open(twoBare);
    await editor.choose(1, `Ignore ${RESTART} in this file`);
    assert.match(
      editor.text(),
      /^# dockwright ignore-file=compose\/require-restart-policy -- .+\nservices:/,
    );
    assert.ok(!(await editor.rules()).some((rule) => rule.startsWith(RESTART)));
  });

  test('works in Dockerfiles', async () => {
    const editor = await startEditor();
    await editor.open(
      '# syntax=docker/dockerfile:1\r\nFROM nginx:1.22\r\n',
      'Dockerfile',
      'dockerfile',
    );
    const [first] = await editor.diagnostics();
    const rule = String(first!.code);
    await editor.choose(first!.range.start.line, `Ignore ${rule} in this file`);
    assert.match(
      editor.text(),
      /^# syntax=docker\/dockerfile:1\r\n# dockwright ignore-file=.+\r\nFROM/,
    );
    assert.ok(!(await editor.rules()).some((found) => found.startsWith(rule)));
  });
});

describe('a fix that makes a file', () => {
  const files = { Dockerfile: dockerfile, 'src/main.c': '', '.env': 'A=1\n' };

  test('makes it', async () => {
    const editor = await startEditor({ files });
    await editor.openFile('Dockerfile');
    await editor.choose(0, /^Create .*\.dockerignore/);
    assert.match(editor.read('.dockerignore'), /\.env/);
    assert.ok(!(await editor.rules()).some((rule) => rule.startsWith(IGNORE_FILE)));
  });

  test('overwrites nothing that has come to be there', async () => {
    const editor = await startEditor({ files });
    await editor.openFile('Dockerfile');
    const actions = await editor.actionsAt(0);
    await editor.write('.dockerignore', 'mine\n');
    const create = actions.find(({ title }) => title.startsWith('Create'));
    await assert.rejects(editor.apply(create!), /EEXIST/);
    assert.equal(editor.read('.dockerignore'), 'mine\n');
  });

  test('says why it cannot, where the client cannot', async () => {
    const edits = { documentChanges: true };
    const editor = await startEditor({
      files,
      capabilities: editorWith({ disabledSupport: true }, edits),
    });
    await editor.openFile('Dockerfile');
    const create = (await editor.actionsAt(0)).find(({ title }) => title.startsWith('Create'));
    assert.match(create!.disabled!.reason, /makes a new file/);
    assert.equal(create!.edit, undefined);
    await editor.choose(0, /^Fix all fixable/);
    assert.ok(!existsSync(join(editor.folder, '.dockerignore')));
    assert.ok((await editor.rules()).length > 0);
  });

  test('is not there for clients that can neither make files nor show why', async () => {
    const editor = await startEditor({ files, capabilities: editorWith({}, {}) });
    await editor.openFile('Dockerfile');
    assert.ok(!titles(await editor.actionsAt(0)).some((title) => title.startsWith('Create')));
  });
});
