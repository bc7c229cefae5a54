/** Fixes where several services are fixed at once, and comments that silence nothing, from the lightbulb. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { startEditor } from './editor.ts';
import { complete, oneMissing, RESTART } from './samples.ts';

const titles = (actions: readonly { readonly title: string }[]) =>
  actions.map(({ title }) => title);

const body = complete
  .slice(complete.indexOf('    image'))
  .replace('    restart: unless-stopped\n', '');
const settings = body.slice(body.indexOf('\n') + 1);
const SHARED = `x-defaults: &defaults\n${settings.replace(/^ {2}/gm, '')}services:\n${['a', 'b']
  .map((name) => `  ${name}:\n    <<: *defaults\n    image: nginx:1.22\n`)
  .join('')}`;

describe('what services share', () => {
  test('is offered as a second fix, which fixes all of them', async () => {
    const editor = await startEditor();
    await editor.open(SHARED);
    const before = await editor.rules();
    assert.equal(before.length, 2);
    const line = SHARED.slice(0, SHARED.indexOf('  a:')).split('\n').length - 1;
    const actions = await editor.actionsAt(line);
    assert.deepEqual(titles(actions), [
      'Restart a unless it was stopped',
      'Add restart to &defaults: fixes 2 services',
      `Fix all fixable problems in this file`,
      `Fix all ${RESTART} problems in this file`,
      `Ignore ${RESTART} here`,
      `Ignore ${RESTART} in this file`,
    ]);
    const [own, shared] = actions;
    assert.ok(own?.isPreferred);
    assert.ok(shared && !shared.isPreferred);
    await editor.apply(shared);
    assert.deepEqual(await editor.rules(), []);
    assert.equal(
      editor.text(),
      SHARED.replace('services:', '  restart: unless-stopped\nservices:'),
    );
  });

  test('is fixed once by fix all, and on save', async () => {
    const expected = SHARED.replace('services:', '  restart: unless-stopped\nservices:');
    const editor = await startEditor();
    await editor.open(SHARED);
    await editor.save();
    assert.equal(editor.text(), expected);
  });

  test('in another file is changed there, when somebody chooses that', async () => {
    const base = `services:\n  base:\n${body}`;
    const child = (name: string): string =>
      `  ${name}:\n    extends: {service: base, file: base.yml}\n`;
    const text = `services:\n${child('a')}${child('b')}`;
    const editor = await startEditor({ files: { 'compose.yaml': text, 'base.yml': base } });
    await editor.openFile('compose.yaml');
    const shared = (await editor.actionsAt(1)).find(({ title }) => title.startsWith('Add restart'));
    assert.equal(shared?.title, 'Add restart to service base in base.yml: fixes 2 services');
    await editor.apply(shared);
    assert.equal(editor.text(), text);
    assert.match(
      readFileSync(join(editor.folder, 'base.yml'), 'utf8'),
      /\n {4}restart: unless-stopped\n$/,
    );
  });
});

describe('a comment that silences nothing', () => {
  test('is taken away by its fix, and nobody is asked to ignore it', async () => {
    const editor = await startEditor();
    const text = complete.replace('  web:', `  # dockwright ignore=${RESTART} -- once\n  web:`);
    await editor.open(text);
    const actions = await editor.actionsAt(1);
    assert.deepEqual(titles(actions), ['Remove this comment']);
    await editor.apply(actions[0] ?? assert.fail());
    assert.equal(editor.text(), complete);
  });

  test('stays while it silences something', async () => {
    const editor = await startEditor();
    await editor.open(
      oneMissing.replace('  web:', '  web: # dockwright ignore=compose/require-resource-limits'),
    );
    assert.deepEqual(await editor.actionsAt(1), []);
  });
});
