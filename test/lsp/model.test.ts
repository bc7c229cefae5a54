/** What Compose would run of a project, asked over the protocol. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { diskFacts } from '../../server/src/files/disk.ts';
import {
  MODEL_REQUEST,
  type ModelAnswer,
  type ModelLine,
  type ProjectModel,
} from '../../server/src/protocol/model.ts';
import { startEditor } from './editor.ts';

type Editor = Awaited<ReturnType<typeof startEditor>>;

const ask = (
  editor: Editor,
  uri: string,
  profiles?: readonly string[],
): Promise<ModelAnswer | null> =>
  editor.connection.sendRequest(MODEL_REQUEST, { uri, ...(profiles && { profiles }) });

async function modelIn(
  editor: Editor,
  name: string,
  profiles?: readonly string[],
): Promise<ProjectModel> {
  const answer = await ask(editor, editor.uri(name), profiles);
  assert.ok(answer && answer.kind !== 'none');
  assert.equal(answer.lines.length, answer.text.split('\n').length - 1);
  return answer;
}

/** The line of the text that has these words, and what is known of it. */
function lineWith({ text, lines }: ProjectModel, words: string): ModelLine {
  const index = text.split('\n').findIndex((line) => line.includes(words));
  const line = lines[index];
  assert.ok(line, `${words} in\n${text}`);
  return line;
}

const BASE = `services:
  web:
    image: nginx:\${VERSION:-1.22}
    profiles: [site]
  db:
    image: mariadb:10.11
`;

describe('an effective model', () => {
  test('is that of the project, whichever of its files is asked for', async () => {
    const files = {
      'shop/compose.yaml': BASE,
      'shop/compose.override.yaml': 'services:\n  db:\n    restart: always\n',
      'shop/.env': 'VERSION=1.25\n',
    };
    const editor = await startEditor({ files });
    const model = await modelIn(editor, 'shop/compose.yaml', ['site']);
    assert.equal(model.kind, 'model');
    assert.match(model.text, /^name: shop\n/);
    assert.match(model.text, / {2}web:\n {4}profiles:\n {6}- site\n {4}image: nginx:1\.25\n/);
    for (const other of ['shop/compose.override.yaml', 'shop/.env'])
      assert.deepEqual(await modelIn(editor, other, ['site']), model);
    assert.equal(model.main, editor.uri('shop/compose.yaml'));
    assert.deepEqual(model.folders, [editor.uri('shop')]);
  });

  test('says of each line where it is written, and what brought it', async () => {
    const editor = await startEditor({
      files: { 'shop/compose.yaml': BASE, 'shop/.env': 'VERSION=1.25\n' },
    });
    const model = await modelIn(editor, 'shop/compose.yaml', ['site']);
    assert.deepEqual(lineWith(model, 'nginx:1.25'), {
      path: 'services.web.image',
      at: {
        uri: editor.uri('shop/compose.yaml'),
        range: { start: { line: 2, character: 11 }, end: { line: 2, character: 33 } },
      },
      steps: [
        {
          what: '${VERSION} is set in a file',
          at: {
            uri: editor.uri('shop/.env'),
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 12 } },
          },
        },
      ],
    });
    assert.equal(lineWith(model, '  db:').at?.range.start.line, 4);
  });

  test('is made from unsaved texts, and from the disk again when they are gone', async () => {
    const editor = await startEditor({ files: { 'shop/compose.yaml': BASE } });
    const uri = editor.uri('shop/compose.yaml');
    await editor.openFile('shop/compose.yaml');
    await editor.change(BASE.replace('mariadb:10.11', 'postgres:15'));
    assert.match((await modelIn(editor, uri)).text, /postgres:15/);
    await editor.open('VERSION=1.27\n', 'shop/.env', 'dotenv');
    assert.match((await modelIn(editor, uri, ['*'])).text, /nginx:1\.27/);
    await editor.close('shop/compose.yaml');
    await editor.close('shop/.env');
    const saved = await modelIn(editor, uri, ['*']);
    assert.match(saved.text, /mariadb:10\.11/);
    assert.match(saved.text, /nginx:1\.22/);
    await editor.write('shop/compose.override.yaml', 'services:\n  db:\n    restart: always\n');
    assert.match((await modelIn(editor, uri)).text, /restart: always/);
  });

  test('has the profiles that were asked for, or those of COMPOSE_PROFILES', async () => {
    const files = { 'shop/compose.yaml': BASE, 'shop/.env': 'COMPOSE_PROFILES=site\n' };
    const editor = await startEditor({ files });
    const site = await modelIn(editor, 'shop/compose.yaml');
    assert.match(site.text, /nginx/);
    assert.deepEqual(site.profiles, [{ name: 'site', isActive: true, services: ['web'] }]);
    const none = await modelIn(editor, 'shop/compose.yaml', []);
    assert.doesNotMatch(none.text, /nginx/);
    assert.deepEqual(none.profiles, [{ name: 'site', isActive: false, services: ['web'] }]);
  });

  test('knows the environment of the process, which goes before .env', async () => {
    const editor = await startEditor({
      files: { 'shop/compose.yaml': BASE, 'shop/.env': 'VERSION=1.25\n' },
      environment: { VERSION: '1.26', COMPOSE_PROFILES: 'site' },
    });
    const model = await modelIn(editor, 'shop/compose.yaml');
    assert.deepEqual(lineWith(model, 'nginx:1.26').steps, [
      { what: '${VERSION} is set in the environment' },
    ]);
  });

  test('of a piece is that of the base with the piece laid over it', async () => {
    const editor = await startEditor({
      files: {
        'shop/compose.yaml': BASE,
        'shop/compose.prod.yaml': 'services:\n  db:\n    restart: always\n',
      },
    });
    const piece = await modelIn(editor, 'shop/compose.prod.yaml');
    assert.match(piece.text, /mariadb:10\.11/);
    assert.match(piece.text, /restart: always/);
    assert.equal(piece.main, editor.uri('shop/compose.prod.yaml'));
    assert.doesNotMatch((await modelIn(editor, 'shop/compose.yaml')).text, /restart/);
  });
});

describe('a project that Compose would refuse', () => {
  test('is told as comments, each with its place', async () => {
    const editor = await startEditor({
      files: {
        'shop/compose.yaml':
          'services:\n  web:\n    image: nginx\n    networks: [network-with-a-long-name]\n',
      },
    });
    const model = await modelIn(editor, 'shop/compose.yaml');
    assert.equal(model.kind, 'refused');
    const [head, ...reason] = model.text.trimEnd().split('\n');
    assert.equal(head, '# Compose would refuse this project:');
    assert.match(reason[0] ?? '', /^# compose\.yaml:4:16 .*network-with-a-long-name/);
    // A long sentence goes on below, and each line of it leads to the place.
    for (const [index, line] of reason.entries()) {
      assert.ok(line.length <= 80, line);
      assert.match(line, index === 0 ? /^# \S/ : /^# {3}\S/);
      assert.deepEqual(model.lines[index + 1]?.at, {
        uri: editor.uri('shop/compose.yaml'),
        range: { start: { line: 3, character: 15 }, end: { line: 3, character: 39 } },
      });
    }
    assert.ok(reason.length > 1);
  });

  test('is so for a mistake of syntax, and no longer when that is mended', async () => {
    const editor = await startEditor({ files: { 'shop/compose.yaml': BASE } });
    await editor.openFile('shop/compose.yaml');
    await editor.change(`${BASE}  broken: "\n`);
    const broken = await modelIn(editor, 'shop/compose.yaml');
    assert.equal(broken.kind, 'refused');
    assert.match(broken.text, /^# compose\.yaml:7:\d+ /m);
    await editor.change(BASE);
    assert.equal((await modelIn(editor, 'shop/compose.yaml')).kind, 'model');
  });
});

describe('nothing to show', () => {
  test('where there is no project, no file, and no question', async () => {
    const editor = await startEditor({ files: { 'empty/.env': 'A=1\n' } });
    for (const uri of [
      editor.uri('empty/.env'),
      editor.uri('gone/compose.yaml'),
      'untitled:Untitled-1',
    ])
      assert.deepEqual(await ask(editor, uri), { kind: 'none' }, uri);
    assert.equal(await editor.connection.sendRequest(MODEL_REQUEST, { uri: 1 }), null);
  });

  test('a request that is cancelled costs no reading, and a later one is answered', async () => {
    const reads: string[] = [];
    const disk = diskFacts();
    const editor = await startEditor({
      files: { 'shop/compose.yaml': BASE },
      disk: {
        ...disk,
        readText: (path) => {
          reads.push(path);
          return disk.readText(path);
        },
      },
    });
    const uri = pathToFileURL(join(editor.folder, 'shop/compose.yaml')).href;
    const source = new CancellationTokenSource();
    const cancelled = editor.connection.sendRequest(MODEL_REQUEST, { uri }, source.token);
    source.cancel();
    await assert.rejects(cancelled, /cancelled/);
    assert.deepEqual(reads, []);
    assert.equal((await modelIn(editor, 'shop/compose.yaml')).kind, 'model');
  });

  test('a disk that fails is a line in the log, and the editor is told', async () => {
    const disk = diskFacts();
    const editor = await startEditor({
      files: { 'shop/compose.yaml': BASE },
      disk: {
        ...disk,
        kindOf: () => {
          throw new Error('the disk is on fire');
        },
      },
    });
    assert.equal(await ask(editor, editor.uri('shop/compose.yaml')), null);
    await editor.until(() => editor.seen.log.some((line) => line.includes('on fire')));
  });
});
