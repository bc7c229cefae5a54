/** The editor and the terminal say the same of the same files: rule, severity, message, place, and each edit of each fix. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, test } from 'vitest';
import { TextDocumentEdit, type Diagnostic, type TextEdit } from 'vscode-languageserver/node';
import { diskFacts } from '../../server/src/files/disk.ts';
import { walk } from '../../server/src/files/walk.ts';
import { buildCli, dockwright } from '../cli/dockwright.ts';
import { startEditor } from './editor.ts';

interface Edit extends TextEdit {
  readonly file: string;
}

/** What both sides are compared by. */
interface Said {
  readonly rule: unknown;
  readonly severity: unknown;
  readonly message: unknown;
  readonly file: string;
  readonly range: unknown;
  readonly fixes: readonly { readonly safety: string; readonly edits: readonly Edit[] }[];
}

const fixtures = resolve('test/fixtures/projects');

const projects = [
  resolve('docker/stack'),
  ...readdirSync(fixtures, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(fixtures, name)),
];

const severities = ['', 'error', 'warning', 'info', 'hint'];

beforeAll(buildCli, 60_000);

describe('the same findings', () => {
  test.each(projects.map((project) => [relative('.', project), project]))(
    '%s',
    async (_, project) => {
      const inTerminal = saidByCli(project);
      assert.deepEqual(await saidByServer(project), inTerminal);
    },
  );

  test('and the sample stack has some', () => {
    assert.ok(saidByCli(resolve('docker/stack')).length > 20);
  });
});

function saidByCli(cwd: string): readonly Said[] {
  const { out, err, code } = dockwright(['check', '.', '--format', 'json', '--fail-on', 'never'], {
    cwd,
  });
  assert.equal(code, 0, err);
  const { findings } = JSON.parse(out) as { findings: Said[] };
  return findings.map(({ rule, severity, message, file, range, fixes }) => ({
    rule,
    severity,
    message,
    file,
    range,
    fixes: fixes.map(({ safety, edits }) => ({ safety, edits: inOrder(edits) })),
  }));
}

async function saidByServer(project: string): Promise<readonly Said[]> {
  const editor = await startEditor();
  const said: Said[] = [];
  for (const file of walk(project)) {
    assert.ok(file.ok);
    const path = file.value;
    // An editor hands on a text as it shows it, without a byte order mark.
    await editor.open(diskFacts().readText(path) ?? '', pathToFileURL(path).href, 'plaintext');
    for (const diagnostic of await editor.diagnostics())
      said.push(await saidBy(diagnostic, path, { project, editor }));
    await editor.close();
  }
  return said;
}

interface Place {
  readonly project: string;
  readonly editor: Awaited<ReturnType<typeof startEditor>>;
}

async function saidBy(
  diagnostic: Diagnostic,
  path: string,
  { project, editor }: Place,
): Promise<Said> {
  const { code, severity = 0, message, range } = diagnostic;
  const actions = await editor.actionsFor([diagnostic]);
  // Only what fixes one problem alone says whether an editor may prefer it.
  const fixes = actions.filter(({ isPreferred }) => isPreferred !== undefined);
  return {
    rule: code,
    severity: severities[severity],
    message,
    file: relative(project, path),
    range,
    fixes: fixes.map(({ isPreferred, edit }) => ({
      safety: isPreferred ? 'safe' : 'unsafe',
      edits: inOrder(
        (edit?.documentChanges ?? []).flatMap((change) =>
          TextDocumentEdit.is(change)
            ? change.edits.map((one) => ({
                ...(one as TextEdit),
                file: relative(project, fileURLToPath(change.textDocument.uri)),
              }))
            : [],
        ),
      ),
    })),
  };
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const place = ({ file, range: { start } }: Edit) =>
    [file, String(start.line).padStart(9, '0'), String(start.character).padStart(9, '0')].join(' ');
  return [...edits].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
