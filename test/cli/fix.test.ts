/** `dockwright fix`: what it writes, what it never touches, and what it says. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import {
  buildCli,
  CLEAN,
  cleanEnvironment,
  CLI,
  COMPOSE,
  dockwright,
  FLOATING,
  project,
  WITH_PASSWORD,
} from './dockwright.ts';

beforeAll(buildCli);

const textOf = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const BUILT = CLEAN.replace('image: nginx:1.22', 'build: .');

describe('what it writes', () => {
  test('fixes files, says what, and ends with 0 when all is done', () => {
    const cwd = project({ 'compose.yaml': COMPOSE, 'clean/compose.yaml': CLEAN });
    const { code, out } = dockwright(['fix'], { cwd });
    assert.equal(code, 0);
    assert.equal(
      out,
      'compose.yaml\n  fixed  Restart web unless it was stopped  compose/require-restart-policy\n\n' +
        'Fixed 1 finding in 1 file. Nothing is left for you.\n',
    );
    assert.equal(dockwright(['check'], { cwd }).code, 0);
    assert.equal(textOf(cwd, 'clean/compose.yaml'), CLEAN);
    const again = dockwright(['fix'], { cwd });
    assert.deepEqual([again.code, again.out], [0, 'Nothing to fix.\n']);
  });

  test('keeps byte order mark, CRLF, mode and every other byte', () => {
    const before = `\uFEFF# a comment   \n${COMPOSE}`.replaceAll('\n', '\r\n');
    const cwd = project({ 'compose.yaml': before });
    chmodSync(join(cwd, 'compose.yaml'), 0o640);
    assert.equal(dockwright(['fix'], { cwd }).code, 0);
    const after = textOf(cwd, 'compose.yaml');
    const added = after.split('\r\n').filter((line) => !before.split('\r\n').includes(line));
    assert.deepEqual(added, ['    restart: unless-stopped']);
    assert.equal(after.replace('    restart: unless-stopped\r\n', ''), before);
    assert.equal(statSync(join(cwd, 'compose.yaml')).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(cwd).sort(), ['.git', 'compose.yaml']);
  });

  test('unsafe fixes only with --unsafe; then it says what is owed', () => {
    const cwd = project({ 'compose.yaml': FLOATING });
    const safe = dockwright(['fix'], { cwd });
    assert.equal(safe.code, 1);
    assert.match(safe.out, /left for you:\n +\d+:\d+ +warning .*\[fixable with --unsafe\]/);
    assert.match(
      safe.out,
      /Fixed 0 findings\. Left for you: 1 finding \(1 fixable with `--unsafe`\)\.\n$/,
    );
    assert.equal(textOf(cwd, 'compose.yaml'), FLOATING);
    const unsafe = dockwright(['fix', '--unsafe'], { cwd });
    assert.match(unsafe.out, /left for you:\n {4}- /);
    assert.match(unsafe.out, /Left for you: 1 answer\.\n$/);
    assert.notEqual(textOf(cwd, 'compose.yaml'), FLOATING);
  });

  test('tells what it did service by service and line by line, not round by round', () => {
    const bare = 'services:\n  zoo:\n    image: nginx\n  ant:\n    image: nginx\n';
    const cwd = project({ 'compose.yaml': bare });
    const before = JSON.parse(dockwright(['check', '--format', 'json'], { cwd }).out) as {
      readonly findings: readonly {
        readonly rule: string;
        readonly service: string;
        readonly range: { readonly start: { readonly line: number } };
      }[];
    };
    const { out } = dockwright(['fix', '--unsafe'], { cwd });
    const done = out.split('\n').filter((line) => line.startsWith('  fixed'));
    const rules = done.map((line) => line.split('  ').at(-1) ?? '');
    const where = new Map(
      [...before.findings]
        .reverse()
        .map(({ rule, service, range }) => [`${service} ${rule}`, range.start.line]),
    );
    // zoo stands before ant, and both lack the same.
    const half = rules.length / 2;
    for (const [service, own] of [
      ['zoo', rules.slice(0, half)],
      ['ant', rules.slice(half)],
    ] as const) {
      assert.ok(own.includes('compose/require-resource-reservations'), 'which a later round fixes');
      const lines = own.map((rule) => where.get(`${service} ${rule}`) ?? assert.fail(rule));
      assert.ok(new Set(lines).size > 1);
      assert.deepEqual(
        lines,
        [...lines].sort((a, b) => a - b),
        out,
      );
    }
  });

  test('says that nothing was checked where no file could be', () => {
    const broken = { 'compose.yaml': COMPOSE, '.dockwright.yaml': 'presets: all\n' };
    assert.equal(
      dockwright(['fix'], { cwd: project(broken) }).out,
      'Nothing was checked, because of 1 problem with the input.\n',
    );
  });

  test('--rule and --skip choose, and decide on the exit code', () => {
    const both = FLOATING.replace('    restart: unless-stopped\n', '');
    const cwd = project({ 'compose.yaml': both });
    assert.equal(dockwright(['fix', '--rule', 'compose/require-log-rotation'], { cwd }).code, 0);
    assert.equal(dockwright(['fix', '--skip', 'compose/require-restart-policy'], { cwd }).code, 1);
    assert.equal(textOf(cwd, 'compose.yaml'), both);
    assert.equal(dockwright(['fix', '--rule', 'compose/require-restart-policy'], { cwd }).code, 0);
    assert.equal(dockwright(['fix', '--fail-on', 'error'], { cwd }).code, 0);
    assert.equal(dockwright(['fix'], { cwd }).code, 1);
  });

  test('a new file is made whole, and one that is there is not replaced', () => {
    const cwd = project({ 'compose.yaml': BUILT, Dockerfile: 'FROM scratch\n', 'data.bin': 'x' });
    const { out } = dockwright(['fix', '--rule', 'project/require-dockerignore'], { cwd });
    assert.match(out, /created {2}\.dockerignore/);
    const made = textOf(cwd, '.dockerignore');
    assert.ok(made.length > 10);
    assert.equal(
      dockwright(['fix', '--rule', 'project/require-dockerignore'], { cwd }).out,
      'Nothing to fix.\n',
    );
    assert.equal(textOf(cwd, '.dockerignore'), made);
  });

  test('broken YAML stays as it is', () => {
    const cwd = project({ 'compose.yaml': 'services: [\n', 'b/compose.yaml': COMPOSE });
    const { code, out } = dockwright(['fix'], { cwd });
    assert.equal(code, 1);
    assert.match(out, /compose\/syntax/);
    assert.equal(textOf(cwd, 'compose.yaml'), 'services: [\n');
    assert.notEqual(textOf(cwd, 'b/compose.yaml'), COMPOSE);
  });
});

describe('what it never touches', () => {
  test('a file outside of the tree, through a link', () => {
    const elsewhere = project({ 'compose.yaml': COMPOSE });
    const cwd = project({ 'b/compose.yaml': COMPOSE });
    symlinkSync(join(elsewhere, 'compose.yaml'), join(cwd, 'compose.yaml'));
    for (const args of [[], ['compose.yaml']]) {
      const { code, err } = dockwright(['fix', ...args], { cwd });
      assert.equal(code, 2);
      assert.match(err, /^compose\.yaml: Not written: it leads to .*, which is outside of /);
      assert.equal(textOf(elsewhere, 'compose.yaml'), COMPOSE);
    }
    assert.notEqual(textOf(cwd, 'b/compose.yaml'), COMPOSE);
  });

  test('a folder outside of the tree, through a build context that is a link', () => {
    const elsewhere = project({ Dockerfile: 'FROM scratch\n', 'data.bin': 'x' });
    const cwd = project({ 'compose.yaml': CLEAN.replace('image: nginx:1.22', 'build: ./context') });
    symlinkSync(elsewhere, join(cwd, 'context'));
    dockwright(['fix'], { cwd });
    assert.deepEqual(readdirSync(elsewhere).sort(), ['.git', 'Dockerfile', 'data.bin']);
  });

  test('but the target of a link within the tree is written', () => {
    const cwd = project({ 'real/stack.yaml': COMPOSE });
    symlinkSync('real/stack.yaml', join(cwd, 'compose.yaml'));
    assert.equal(dockwright(['fix'], { cwd }).code, 0);
    assert.match(textOf(cwd, 'real/stack.yaml'), /restart: unless-stopped/);
  });

  test('a file that may not be written: it says so, and the others are fixed', () => {
    const cwd = project({ 'a/compose.yaml': COMPOSE, 'b/compose.yaml': COMPOSE });
    for (const path of [cwd, join(cwd, 'a'), join(cwd, 'b')]) chmodSync(path, 0o777);
    chmodSync(join(cwd, 'a/compose.yaml'), 0o444);
    chmodSync(join(cwd, 'b/compose.yaml'), 0o666);
    const { code, err } = dockwright(['fix'], {
      cwd,
      ...(process.getuid?.() === 0 && { uid: 65_534 }),
    });
    assert.equal(code, 2);
    assert.match(err, /^a\/compose\.yaml: Not written: writing is not permitted/);
    assert.equal(textOf(cwd, 'a/compose.yaml'), COMPOSE);
    assert.notEqual(textOf(cwd, 'b/compose.yaml'), COMPOSE);
  });

  test('files whose configuration is broken or leaves them out', () => {
    const cwd = project({
      'compose.yaml': COMPOSE,
      '.dockwright.yaml': 'presets: all\n',
      'a/compose.yaml': COMPOSE,
      'a/.dockwright.yaml': 'ignores: ["*"]\n',
    });
    assert.equal(dockwright(['fix'], { cwd }).code, 2);
    assert.equal(textOf(cwd, 'compose.yaml'), COMPOSE);
    assert.equal(textOf(cwd, 'a/compose.yaml'), COMPOSE);
  });
});

test('Ctrl-C leaves whole files and no temporary ones', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [
      `p${i}/compose.yaml`,
      WITH_PASSWORD.replace('    restart: unless-stopped\n', ''),
    ]),
  );
  const cwd = project(files);
  const child = spawn(process.execPath, [CLI, 'fix'], {
    cwd,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.once('data', () => child.kill('SIGINT'));
  child.stdout.resume();
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(code, 130);
  assert.equal(err, '');
  const texts = Object.keys(files).map((name) => textOf(cwd, name));
  const [whole] = texts;
  assert.ok(whole !== Object.values(files)[0], 'the first was fixed');
  assert.ok(texts.every((text) => text === whole || text === Object.values(files)[0]));
  assert.ok(texts.at(-1) === Object.values(files)[0], 'the last was not reached');
  for (const name of Object.keys(files))
    assert.deepEqual(readdirSync(join(cwd, name, '..')), ['compose.yaml']);
});

test('what others wrote meanwhile is not lost', () => {
  // A preloaded script changes the file right after it was read: the moment that a lost update needs.
  const cwd = project({ 'compose.yaml': COMPOSE });
  mkdirSync(join(cwd, 'preload'));
  const preload = join(cwd, 'preload/change.cjs');
  writeFileSync(
    preload,
    `const fs = require('node:fs');
const { fstatSync, closeSync, openSync } = fs;
let path, done = false;
fs.openSync = (name, ...rest) => { const fd = openSync(name, ...rest); if (String(name).endsWith('/compose.yaml')) path = fd; return fd; };
fs.closeSync = (fd) => { closeSync(fd); if (fd === path && !done) { done = true; fs.writeFileSync(${JSON.stringify(join(cwd, 'compose.yaml'))}, 'theirs\\n'); } };
`,
  );
  const { code, err } = dockwright(['fix'], { cwd, env: { NODE_OPTIONS: `--require ${preload}` } });
  assert.equal(code, 2);
  assert.match(err, /^compose\.yaml: Not written: somebody changed it in the meantime/);
  assert.equal(textOf(cwd, 'compose.yaml'), 'theirs\n');
});
