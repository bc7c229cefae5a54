/** Pulled diagnostics: what they say, and when they are said. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { modern } from './connect.ts';
import { startEditor } from './editor.ts';
import { complete, dockerfile, IGNORE_FILE, LIMITS, oneMissing, twoBare } from './samples.ts';

describe('a diagnostic', () => {
  test('says what, where, how bad, and where to read more', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    const [only, ...others] = await editor.diagnostics();
    assert.deepEqual(others, []);
    assert.equal(only?.code, LIMITS);
    assert.equal(only.source, 'dockwright');
    assert.equal(only.severity, 2);
    assert.match(only.message as string, /^Service web has no CPU/);
    assert.deepEqual(only.range, {
      start: { line: 1, character: 2 },
      end: { line: 1, character: 5 },
    });
    assert.match(only.codeDescription!.href, /docs\/rules\/compose\/require-resource-limits\.md$/);
  });

  test('follows every edit', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    await editor.change(complete);
    assert.deepEqual(await editor.rules(), []);
    await editor.change(`# a comment\n${oneMissing}`);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 2`]);
  });

  test('follows edits of a place', async () => {
    const editor = await startEditor();
    await editor.open(complete);
    const line = complete.split('\n').findIndex((text) => text.includes('limits:'));
    await editor.change({
      range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
      text: '',
    });
    assert.equal(editor.text(), oneMissing);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });

  test('stands right behind emoji and in CRLF files', async () => {
    const editor = await startEditor();
    const text = `# 🐳🐳\r\nservices: { "🐳": { image: "nginx:1.22" }, web: { image: "nginx:1.22" } }\r\n`;
    await editor.open(text);
    const diagnostics = await editor.diagnostics();
    const second = text.split('\r\n')[1]!;
    const places = new Set(
      diagnostics.map(({ range: { start, end } }) => {
        assert.deepEqual([start.line, end.line], [1, 1]);
        return second.slice(start.character, end.character);
      }),
    );
    assert.deepEqual([...places], ['"🐳"', 'web']);
  });
});

describe('languages', () => {
  test.each([
    ['compose.yaml', 'yaml'],
    ['docker-compose.prod.yml', 'yaml'],
    ['untitled:Untitled-1', 'dockercompose'],
    ['deploy/stack.yaml', 'dockercompose'],
    ['vscode-vfs://github/me/compose.yaml', 'yaml'],
  ])('%s as %s is a Compose file', async (name, language) => {
    const editor = await startEditor();
    await editor.open(oneMissing, name, language);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });

  test('what is neither by name nor by language is left alone', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing, 'values.yaml', 'yaml');
    assert.deepEqual(await editor.rules(), []);
    assert.deepEqual(await editor.actionsAt(1), []);
    assert.deepEqual(editor.seen.checks, []);
  });

  test('a document that is no file is not judged by neighbours', async () => {
    const editor = await startEditor();
    await editor.open(dockerfile, 'untitled:Untitled-1', 'dockerfile');
    const rules = await editor.rules();
    assert.ok(rules.some((rule) => rule.startsWith('dockerfile/')));
    assert.ok(!rules.some((rule) => rule.startsWith('project/')));
    await editor.open(dockerfile, 'Dockerfile', 'dockerfile');
    assert.ok((await editor.rules()).some((rule) => rule.startsWith(IGNORE_FILE)));
  });

  test.each(['nonsense', 'file://host/compose.yaml', 'file:///%00/compose.yaml', 'git:/a%zz'])(
    'the address %s does no harm',
    async (name) => {
      const editor = await startEditor();
      const textDocument = { uri: name, languageId: 'dockercompose', version: 1, text: oneMissing };
      await editor.connection.sendNotification('textDocument/didOpen', { textDocument });
      const report = await editor.connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: name },
      });
      assert.equal((report as { items: unknown[] }).items.length, 1);
      assert.deepEqual(editor.seen.log, []);
    },
  );
});

describe('bad texts', () => {
  test('broken YAML is one error where it breaks, and the server goes on', async () => {
    const editor = await startEditor();
    await editor.open('services:\n  web: [\n');
    const rules = await editor.rules();
    assert.ok(rules.length > 0);
    assert.ok(rules.every((rule) => rule.startsWith('compose/syntax ')));
    assert.deepEqual(await editor.actionsAt(1), []);
    await editor.change(oneMissing);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
  });

  test('10 MB are refused with a word about it', async () => {
    const editor = await startEditor();
    await editor.open(`services:\n${'  # a comment that is long\n'.repeat(400_000)}`);
    assert.deepEqual(await editor.rules(), ['project/unchecked-file 0']);
  });

  test('a binary is refused with a word about it', async () => {
    const editor = await startEditor();
    await editor.open('\u007FELF\u0000\u0001\uD800\u0000\r\n\u0000');
    assert.deepEqual(await editor.rules(), ['project/unchecked-file 0']);
  });

  test.each(['', '\n', '\uFEFF', '---', 'null', '- a', 'services:', '\r'])(
    'the text %j is no trouble',
    async (text) => {
      const editor = await startEditor();
      await editor.open(text);
      await editor.diagnostics();
      await editor.actionsAt(0);
      await editor.open(text, 'Dockerfile', 'dockerfile');
      await editor.diagnostics();
      assert.deepEqual(editor.seen.log, []);
    },
  );
});

describe('pulling', () => {
  test('answers "unchanged" exactly if nothing changed', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    const { resultId } = await editor.pull();
    assert.deepEqual(await editor.pull(undefined, resultId), { kind: 'unchanged', resultId });
    assert.equal(editor.seen.checks.length, 1, 'and nothing is checked twice');
    await editor.change(`${oneMissing}# more\n`);
    assert.equal((await editor.pull(undefined, resultId)).kind, 'unchanged', 'nothing has moved');
    await editor.change(`# more\n${oneMissing}`);
    assert.equal((await editor.pull(undefined, resultId)).kind, 'full');
  });

  test('50 keys in a row cost about one check, and all who asked get the newest', async () => {
    const editor = await startEditor();
    await editor.open(complete);
    await editor.diagnostics();
    const before = editor.seen.checks.length;
    const pulls = [];
    for (let key = 1; key <= 50; key++) {
      await editor.change(`${'# key\n'.repeat(key)}${oneMissing}`);
      pulls.push(editor.pull());
    }
    const reports = await Promise.all(pulls);
    // A machine that stands still for a moment may see a pause where there was none; one check a key is never right.
    assert.ok(
      editor.seen.checks.length - before <= 25,
      `${editor.seen.checks.length - before} checks`,
    );
    const newest = reports.at(-1);
    assert.ok(newest?.kind === 'full');
    assert.equal(newest.items[0]?.range.start.line, 51);
  });

  test('a cancelled pull is answered as such, and checks nothing', async () => {
    const editor = await startEditor();
    await editor.open(complete);
    await editor.diagnostics();
    const before = editor.seen.checks.length;
    await editor.change(oneMissing);
    const { request, cancel } = editor.cancellablePull();
    cancel();
    await assert.rejects(request, (error) => {
      assert.ok(error instanceof ResponseError);
      assert.equal(error.code, LSPErrorCodes.RequestCancelled);
      return true;
    });
    assert.equal(editor.seen.checks.length, before);
    assert.deepEqual(await editor.rules(), [`${LIMITS} 1`]);
    assert.deepEqual(editor.seen.log, []);
  });

  test('a document that is closed while somebody waits for it is answered', async () => {
    const editor = await startEditor();
    await editor.open(complete, 'untitled:a', 'dockercompose');
    await editor.change(oneMissing);
    const report = editor.pull();
    await editor.close();
    assert.deepEqual(await report, { kind: 'full', items: [] });
  });

  test('a file that is not open is read from the disk', async () => {
    const editor = await startEditor({ files: { 'a/compose.yaml': oneMissing } });
    assert.deepEqual(await editor.rules('a/compose.yaml'), [`${LIMITS} 1`]);
    assert.deepEqual(await editor.rules('nowhere/compose.yaml'), []);
  });
});

describe('neighbours', () => {
  test('an edit in one document shows in another, without a word from a watcher', async () => {
    const files = { Dockerfile: dockerfile, 'src/main.c': '' };
    const editor = await startEditor({ files });
    await editor.openFile('Dockerfile');
    const has = async () =>
      (await editor.rules('Dockerfile')).some((rule) => rule.startsWith(IGNORE_FILE));
    assert.equal(await has(), true);
    await editor.open('.git\nnode_modules\n', '.dockerignore', 'ignore');
    assert.equal(await has(), false, 'unsaved texts count');
    await editor.close('.dockerignore');
    assert.equal(await has(), true);
  });

  test('a change of a watched file asks the client to pull again', async () => {
    const editor = await startEditor({ files: { Dockerfile: dockerfile, 'src/main.c': '' } });
    await editor.openFile('Dockerfile');
    const before = await editor.rules();
    assert.ok(before.some((rule) => rule.startsWith(IGNORE_FILE)));
    await editor.write('.dockerignore', '.git\n');
    await editor.until(() => editor.seen.refreshes === 1);
    assert.ok(!(await editor.rules()).some((rule) => rule.startsWith(IGNORE_FILE)));
  });

  test('the client is asked to watch what matters, if it lets itself be asked', async () => {
    const editor = await startEditor();
    await editor.open(complete);
    await editor.diagnostics();
    assert.deepEqual(editor.seen.registered, [
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
    const simple = await startEditor({ capabilities: { textDocument: modern.textDocument } });
    await simple.open(complete);
    await simple.diagnostics();
    assert.deepEqual(simple.seen.registered, []);
  });

  test('a document is not checked again for an edit that it does not depend on', async () => {
    const editor = await startEditor();
    await editor.open(twoBare, 'a/compose.yaml');
    await editor.open(oneMissing, 'b/compose.yaml');
    await editor.rules('a/compose.yaml');
    await editor.rules('b/compose.yaml');
    editor.seen.checks.length = 0;
    await editor.change(complete, 'b/compose.yaml');
    await editor.rules('b/compose.yaml');
    await editor.rules('a/compose.yaml');
    assert.deepEqual(editor.seen.checks, [editor.uri('b/compose.yaml')]);
  });
});
