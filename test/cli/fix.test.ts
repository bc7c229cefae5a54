/** `dockwright fix`: what it writes, what it never touches, and what it says. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
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
        'Fixed 1 finding in 1 file. Nothing is left.\n',
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
      /Fixed 0 findings\. 1 finding left\. 1 of them fixable with `--unsafe`\.\n$/,
    );
    assert.equal(textOf(cwd, 'compose.yaml'), FLOATING);
    const unsafe = dockwright(['fix', '--unsafe'], { cwd });
    assert.match(unsafe.out, /answers that you owe:\n {4}- /);
    assert.notEqual(textOf(cwd, 'compose.yaml'), FLOATING);
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

describe('--dry-run and --diff', () => {
  const files = {
    'compose.yaml': COMPOSE.replace('image: nginx:1.22', 'build: .'),
    'b/compose.yaml': COMPOSE,
    Dockerfile: 'FROM scratch\n',
    'data.bin': 'x',
  };

  test('--dry-run writes nothing and says what it would do', () => {
    const cwd = project(files);
    const { code, out } = dockwright(['fix', '--dry-run'], { cwd });
    assert.notEqual(code, 2);
    assert.match(out, /would fix {2}Restart web/);
    assert.match(out, /would create {2}\.dockerignore/);
    assert.match(out, /Nothing was written \(--dry-run\)\.\n$/);
    assert.equal(textOf(cwd, 'compose.yaml'), files['compose.yaml']);
    assert.ok(!existsSync(join(cwd, '.dockerignore')));
  });

  test('--diff prints a patch alone on standard output; git makes of it what fix writes', () => {
    const cwd = project(files);
    const twin = project(files);
    const dry = dockwright(['fix', '--dry-run', '--diff'], { cwd });
    assert.equal(textOf(cwd, 'compose.yaml'), files['compose.yaml']);
    assert.match(dry.out, /^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n@@ /);
    assert.match(dry.out, /--- \/dev\/null\n\+\+\+ b\/\.dockerignore\n@@ -0,0 \+1,/);
    assert.match(dry.err, /would fix/);
    execFileSync('git', ['apply', '-'], {
      cwd: twin,
      input: dry.out,
      env: { ...process.env, GIT_DIR: '/nonexistent' },
    });
    const written = dockwright(['fix', '--diff'], { cwd });
    assert.equal(written.out, dry.out);
    for (const name of ['compose.yaml', 'b/compose.yaml', '.dockerignore', 'Dockerfile']) {
      assert.equal(textOf(cwd, name), textOf(twin, name), name);
    }
  });

  test('two files that would create the same one create it once, as without --dry-run', () => {
    const two = { ...files, 'compose.yaml': BUILT, 'compose.prod.yaml': BUILT };
    const dry = dockwright(['fix', '--dry-run', '--rule', 'project/require-dockerignore'], {
      cwd: project(two),
    });
    const real = dockwright(['fix', '--rule', 'project/require-dockerignore'], {
      cwd: project(two),
    });
    assert.equal(dry.out.match(/would create/g)?.length, 1);
    assert.equal(real.out.match(/created {2}/g)?.length, 1);
    assert.equal(real.code, 0);
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
