/** The table of layers: it covers the tree, and each guard in it catches what it is there for. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';

let tree = '';

/** A copy of the sources' skeleton in which a file can be made wrong without harm. */
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'dockwright-layers-'));
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.base.json', 'package.json'])
    cpSync(name, join(tree, name));
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
});

afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

/** The names of the guards that complain about a tree of these files. */
function complaints(files: Readonly<Record<string, string>>): readonly string[] {
  for (const folder of ['server', 'client'])
    rmSync(join(tree, folder), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const folders = readdirSync(tree).filter((name) => name === 'server' || name === 'client');
  let output: string;
  try {
    output = execFileSync(
      process.execPath,
      [
        resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.mjs',
        '--output-type',
        'json',
        ...folders,
      ],
      { cwd: tree, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(output) as {
    summary: { violations: readonly { rule: { name: string } }[] };
  };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const value = 'export const a = 1;\n';

describe('each guard catches its own mistake', () => {
  test('what is allowed passes', () => {
    assert.deepEqual(
      complaints({
        'server/src/core/a.ts': value,
        'server/src/compose/b.ts': "import { a } from '../core/a.ts';\nexport const b = a;\n",
      }),
      [],
    );
  });

  test('an import against the direction, even of a type alone', () => {
    const text = "import type { A } from '../compose/a.ts';\nexport type B = A;\n";
    assert.deepEqual(
      complaints({
        'server/src/compose/a.ts': 'export interface A { a: 1 }\n',
        'server/src/core/b.ts': text,
      }),
      ['layer-core'],
    );
  });

  test('a package in a layer that has none', () => {
    assert.deepEqual(
      complaints({
        'server/src/core/a.ts': "import { parse } from 'yaml';\nexport const a = parse;\n",
      }),
      ['layer-core'],
    );
    assert.deepEqual(
      complaints({
        'server/src/engine/a.ts':
          "import type { Connection } from 'vscode-languageserver/node';\nexport type A = Connection;\n",
      }),
      ['layer-engine'],
    );
  });

  test('the disk in a rule', () => {
    const text = "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n";
    assert.deepEqual(complaints({ 'server/src/rules/compose/a.ts': text }), ['layer-rules']);
  });

  test('vscode outside of its folder', () => {
    const text = "import type { Uri } from 'vscode';\nexport type A = Uri;\n";
    assert.deepEqual(complaints({ 'client/src/commands/a.ts': text }), ['layer-commands']);
    assert.deepEqual(complaints({ 'client/src/vscode/a.ts': text }), []);
  });

  test('a cycle, a file without a layer, an import that leads nowhere', () => {
    assert.deepEqual(
      complaints({
        'server/src/core/a.ts': "import './b.ts';\n",
        'server/src/core/b.ts': "import './a.ts';\n",
      }),
      ['no-cycle'],
    );
    assert.ok(
      complaints({
        'server/src/misc/a.ts': "import '../core/a.ts';\n",
        'server/src/core/a.ts': value,
      }).includes('no-homeless-file'),
    );
    assert.ok(
      complaints({ 'server/src/core/a.ts': "import './gone.ts';\n" }).includes('no-unresolved'),
    );
  });
});

test('every layer has a file', async () => {
  const { layers } = (await import(resolve('.dependency-cruiser.mjs'))) as {
    layers: Readonly<Record<string, readonly [string, readonly string[], readonly string[]]>>;
  };
  const sources = ['server/src', 'client/src'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => `${root}/${name}`),
  );
  for (const [name, [home]] of Object.entries(layers)) {
    assert.ok(
      sources.some(
        (path) => path.endsWith('.ts') && new RegExp(home).test(path) && existsSync(path),
      ),
      `no file in layer ${name}`,
    );
  }
});
