/** The bundle as it is shipped: it loads without the parts that were left out of it, and reaches the real engine. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, test } from 'vitest';

const BUNDLE = resolve('dist/extension.js');
const folder = mkdtempSync(join(tmpdir(), 'dockwright-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Stands where the editor's module would be: every part of it is a function that answers the same again, and the
 * Services view is one that somebody looks at. What the extension tells the view to show ends the program.
 */
const HOST = `
const Module = require('node:module');
const anything = new Proxy(function () {}, {
  get: (_, key) => (key === 'visible' ? true : key === Symbol.toPrimitive ? () => '' : key === 'then' ? undefined : anything),
  apply: () => anything,
  construct: () => anything,
  set: () => true,
});
const own = {
  ...Object.fromEntries(process.argv[3].split(',').map((name) => [name, anything])),
  commands: {
    registerCommand: () => anything,
    executeCommand: (command, key, value) => {
      if (command === 'setContext' && value !== 'loading') { console.log(key + '=' + value); process.exit(0); }
    },
  },
  workspace: new Proxy({}, {
    get: (_, key) => key === 'getConfiguration'
      ? () => ({ get: (name, otherwise) => (name === 'enable' ? false : otherwise) })
      : anything,
  }),
};
const vscode = new Proxy(own, { get: (_, key) => (key === '__esModule' ? undefined : own[key] ?? anything) });
const load = Module._load;
Module._load = function (name, ...rest) { return name === 'vscode' ? vscode : load.call(this, name, ...rest); };
require(process.argv[2]).activate({ subscriptions: [], extensionPath: __dirname });
`;

test('loads, activates, and shows what the engine has', async () => {
  assert.ok(existsSync(BUNDLE), `${BUNDLE} is missing: run "npm run build" first.`);
  const host = join(folder, 'host.cjs');
  writeFileSync(host, HOST);
  const api = readFileSync('node_modules/@types/vscode/index.d.ts', 'utf8');
  const names = [...api.matchAll(/^\texport (?:class|enum|namespace|const|function) (\w+)/gm)].map(
    ([, name]) => name,
  );
  // Node prints the line that threw, and a bundle is one line: only the error's own words are of use.
  const { stdout } = await promisify(execFile)(process.execPath, [host, BUNDLE, names.join(',')], {
    timeout: 30_000,
  }).catch((error: unknown) => {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(/^\w*Error: .*$/m.exec(stderr)?.[0] ?? 'the bundle did not load');
  });
  assert.match(stdout, /^dockwright\.engine=(ready|empty)$/m);
});
