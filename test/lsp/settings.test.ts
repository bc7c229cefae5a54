/** Configuration files and editor settings: what counts, and when a change of them is noticed. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Connection } from 'vscode-languageserver/node';
import { diskFacts, overlay } from '../../server/src/files/disk.ts';
import type { Client } from '../../server/src/lsp/client.ts';
import { settingsSource } from '../../server/src/lsp/settings.ts';
import { modern, pushed } from './connect.ts';
import { startEditor } from './editor.ts';
import { LIMITS, oneMissing } from './samples.ts';

const off = `rules:\n  ${LIMITS}: off\n`;

describe('the configuration file', () => {
  test('counts for the files below it', async () => {
    const editor = await startEditor({
      files: { 'quiet/.dockwright.yaml': off, 'quiet/deep/compose.yaml': oneMissing },
    });
    await editor.openFile('quiet/deep/compose.yaml');
    assert.deepEqual(await editor.rules(), []);
    await editor.open(oneMissing, 'loud/compose.yaml');
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });

  test('a change on the disk makes the client pull again', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
    await editor.write('.dockwright.yaml', off);
    await editor.until(() => editor.seen.refreshes === 1);
    assert.deepEqual(await editor.rules(), []);
    await editor.remove('.dockwright.yaml');
    await editor.until(() => editor.seen.refreshes === 2);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });

  test('counts unsaved, as it is being written', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    await editor.open('', '.dockwright.yaml');
    const before = editor.seen.refreshes;
    await editor.change(off);
    await editor.until(() => editor.seen.refreshes > before);
    assert.deepEqual(await editor.rules('compose.yaml'), []);
    await editor.close();
    assert.deepEqual(await editor.rules('compose.yaml'), [`${LIMITS} 1`]);
  });

  test('changes severities', async () => {
    const editor = await startEditor({
      files: { '.dockwright.yml': `rules:\n  ${LIMITS}: hint\n` },
    });
    await editor.open(oneMissing);
    assert.deepEqual(
      (await editor.diagnostics()).map(({ severity }) => severity),
      [4],
    );
  });

  test('leaves out what it ignores', async () => {
    const editor = await startEditor({ files: { '.dockwright.yaml': 'ignores: ["old/**"]\n' } });
    await editor.open(oneMissing, 'old/compose.yaml');
    assert.deepEqual(await editor.rules(), []);
    await editor.open(oneMissing, 'new/compose.yaml');
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });
});

describe('mistakes in it', () => {
  const wrong = 'rules:\n  compose/require-resource-limit: off\npreset: strikt\n';

  test('are shown where they are, while it is open', async () => {
    const editor = await startEditor();
    await editor.open(wrong, '.dockwright.yaml');
    const diagnostics = await editor.diagnostics();
    assert.deepEqual(
      diagnostics.map(({ code, severity, source, range }) => [
        code,
        severity,
        source,
        range.start.line,
      ]),
      [
        ['config', 1, 'dockwright', 1],
        ['config', 1, 'dockwright', 2],
      ],
    );
    assert.match(diagnostics[0]!.message as string, /require-resource-limits/);
    assert.deepEqual(await editor.actionsAt(1), []);
  });

  test('are shown as well while it is not open, and go when they are mended', async () => {
    const editor = await startEditor({ files: { '.dockwright.yaml': wrong } });
    await editor.open(oneMissing);
    await editor.diagnostics();
    const { diagnostics } = await editor.publishedFor('.dockwright.yaml');
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['config', 'config'],
    );
    await editor.write('.dockwright.yaml', off);
    await editor.until(() => editor.seen.published.at(-1)?.diagnostics.length === 0);
    assert.equal(editor.seen.published.length, 2);
  });

  test('are not shown twice when it is opened', async () => {
    const editor = await startEditor({ files: { '.dockwright.yaml': wrong } });
    await editor.open(oneMissing);
    await editor.diagnostics();
    await editor.publishedFor('.dockwright.yaml');
    await editor.openFile('.dockwright.yaml');
    assert.equal((await editor.diagnostics()).length, 2);
    assert.deepEqual((await editor.publishedFor('.dockwright.yaml')).diagnostics, []);
  });

  test('go when the file goes', async () => {
    const editor = await startEditor({ files: { '.dockwright.yaml': wrong } });
    await editor.open(oneMissing);
    await editor.diagnostics();
    await editor.publishedFor('.dockwright.yaml');
    await editor.remove('.dockwright.yaml');
    await editor.until(() => editor.seen.published.at(-1)?.diagnostics.length === 0);
  });

  test('leave the valid rest in force', async () => {
    const editor = await startEditor({ files: { '.dockwright.yaml': `${off}unknown: 1\n` } });
    await editor.open(oneMissing);
    assert.deepEqual(await editor.rules(), []);
  });

  test('are sent to clients that do not pull', async () => {
    const editor = await startEditor({ capabilities: pushed });
    await editor.open(wrong, '.dockwright.yaml');
    assert.equal((await editor.diagnostics()).length, 2);
    await editor.change(off);
    assert.equal((await editor.diagnostics()).length, 0);
  });

  test('a configuration that is no text says so', async () => {
    const editor = await startEditor({ files: { '.dockwright.yaml': 'preset: a\0b' } });
    await editor.open(oneMissing);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
    const { diagnostics } = await editor.publishedFor('.dockwright.yaml');
    assert.match(diagnostics[0]!.message as string, /cannot be read.*UTF-8/);
  });
});

describe("the editor's settings", () => {
  test('enable: false silences everything', async () => {
    const editor = await startEditor({ settings: { enable: false } });
    await editor.open(oneMissing);
    assert.deepEqual(await editor.rules(), []);
    assert.deepEqual(await editor.actionsFor([], ['source.fixAll']), []);
    await editor.configure({ enable: true });
    await editor.until(() => editor.seen.refreshes === 1);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });

  test('the preset counts where no configuration file does', async () => {
    const file = '/project/.dockwright.yaml';
    const presetIn = async (texts: ReadonlyMap<string, string>, onDisk: boolean) => {
      const connection = {
        workspace: { getConfiguration: () => Promise.resolve({ preset: 'all' }) },
      };
      const facts = overlay(diskFacts(), texts);
      const client = () => ({ answersConfiguration: true }) as Client;
      const source = settingsSource(connection as unknown as Connection, client, { facts });
      const snapshot = { uri: 'a:b', version: 1, text: '', kind: 'compose', onDisk } as const;
      const { settings } = await source.of({ ...snapshot, path: '/project/compose.yaml' });
      return settings.preset;
    };
    assert.equal(await presetIn(new Map(), true), 'all');
    assert.equal(await presetIn(new Map(), false), 'all');
    assert.equal(await presetIn(new Map([[file, 'preset: strict']]), true), 'strict');
    assert.equal(await presetIn(new Map([[file, '']]), true), 'recommended', 'as in the terminal');
  });

  test('nonsense counts as nothing', async () => {
    const editor = await startEditor({ settings: { enable: 'perhaps', preset: 7 } });
    await editor.open(oneMissing);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
    await editor.configure(null);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });

  test('are taken from the notification of clients that cannot be asked', async () => {
    const { configuration: _configuration, ...workspace } = modern.workspace;
    const editor = await startEditor({ capabilities: { ...modern, workspace } });
    await editor.open(oneMissing);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
    await editor.configure({ enable: false });
    assert.deepEqual(await editor.rules(), []);
  });
});
