/** Bad input of `check`, each with a clear message and without a crash; and standard input. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { buildCli, CLEAN, COMPOSE, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

interface Json {
  readonly findings: readonly { readonly range: unknown }[];
  readonly summary: Readonly<Record<string, number>>;
  readonly errors?: readonly { readonly file: string; readonly message: string }[];
}

describe('bad input says what it is, and the rest is checked', () => {
  const check = (root: string, ...args: readonly string[]) => {
    const { code, out, err } = dockwright(['check', '--format', 'json', ...args], { cwd: root });
    const { errors = [], summary } = JSON.parse(out) as Json;
    return {
      code,
      err,
      errors: errors.map(({ file, message }) => `${file}: ${message}`),
      files: summary['files'],
    };
  };

  test('a binary, a folder, links in a circle, a pipe', () => {
    const root = project({
      'compose.yaml': new Uint8Array([1, 0, 2]),
      'ok/compose.yaml': CLEAN,
      'large/compose.yaml': new Uint8Array(21 * 1024 * 1024).fill(35),
    });
    mkdirSync(join(root, 'Dockerfile'));
    symlinkSync('b.dockerfile', join(root, 'a.dockerfile'));
    symlinkSync('a.dockerfile', join(root, 'b.dockerfile'));
    symlinkSync('..', join(root, 'ok/up'));
    execFileSync('mkfifo', [join(root, 'Dockerfile.pipe')]);
    const { code, errors, files, err } = check(root);
    assert.equal(code, 2);
    assert.equal(files, 1);
    assert.deepEqual(errors.map((line) => line.slice(0, 45)).sort(), [
      'Dockerfile: This is a folder, not a file. Doc',
      'a.dockerfile: Its symbolic links lead in a ci',
      'b.dockerfile: Its symbolic links lead in a ci',
      'compose.yaml: This is not text: it has NUL by',
      'large/compose.yaml: It has 21 MB; files over ',
    ]);
    assert.doesNotMatch(err, /\n +at /);
  });

  test.each([
    ['Dockerfile', /^Dockerfile: This is a folder/],
    ['Dockerfile.pipe', /^Dockerfile\.pipe: This is a pipe/],
    ['nowhere', /^nowhere: There is no such file or folder/],
    [
      'values.yaml',
      /^values\.yaml: This is neither .* recognised by the names compose\.yaml.*--stdin-filename/,
    ],
  ])('the same when named: %s', (name, expected) => {
    const root = project({ 'values.yaml': COMPOSE });
    mkdirSync(join(root, 'Dockerfile'));
    execFileSync('mkfifo', [join(root, 'Dockerfile.pipe')]);
    const { code, errors, err } = check(root, name);
    assert.equal(code, 2);
    assert.match(errors.join(), expected);
    assert.match(err, expected);
  });

  test('a file and a folder that may not be read', () => {
    const root = project({ 'compose.yaml': COMPOSE, 'closed/compose.yaml': COMPOSE });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'compose.yaml'), 0);
    chmodSync(join(root, 'closed'), 0);
    const { code, err } = dockwright(['check'], {
      cwd: root,
      ...(process.getuid?.() === 0 && { uid: 65_534 }),
    });
    assert.equal(code, 2);
    assert.match(err, /closed: Reading is not permitted/);
    assert.match(err, /compose\.yaml: Reading is not permitted/);
    chmodSync(join(root, 'closed'), 0o755);
  });

  test('10 MB of YAML is refused in words, not with a crash', () => {
    const root = project({ 'compose.yaml': `services:\n${'  # twelve b\n'.repeat(800_000)}` });
    const { code, out } = dockwright(['check'], { cwd: root });
    assert.equal(code, 1);
    assert.match(out, /project\/unchecked-file/);
  });

  test('a byte order mark and CRLF change no position', () => {
    const rangesIn = (cwd: string): readonly unknown[] => {
      const { out } = dockwright(['check', '--format', 'json'], { cwd });
      return (JSON.parse(out) as Json).findings.map(({ range }) => range);
    };
    const plain = rangesIn(project({ 'compose.yaml': COMPOSE }));
    const other = rangesIn(
      project({ 'compose.yaml': `\uFEFF${COMPOSE.replaceAll('\n', '\r\n')}` }),
    );
    assert.equal(plain.length, 1);
    assert.deepEqual(other, plain);
  });

  test('names that would steer the terminal are spelt out', () => {
    const root = project({ 'a\u001b[31m/compose.yaml': COMPOSE });
    const { out } = dockwright(['check'], { cwd: root });
    assert.ok(out.startsWith('a\\u001b[31m/compose.yaml\n'));
  });
});

describe('standard input', () => {
  const check = (stdin: string | Uint8Array, ...args: readonly string[]) =>
    dockwright(['check', '--stdin', ...args], {
      cwd: project({ 'a/.dockwright.yaml': 'rules: { compose/require-restart-policy: off }\n' }),
      stdin,
    });

  test('is checked under the name that it stands for, which decides on the configuration', () => {
    const ran = check(COMPOSE, '--stdin-filename', 'compose.yaml');
    assert.equal(ran.code, 1);
    assert.match(ran.out, /^compose\.yaml\n +2:3 /);
    assert.equal(check(COMPOSE, '--stdin-filename', 'a/compose.yaml').code, 0);
    assert.equal(
      check('FROM scratch\nRUN [\n', '--stdin-filename', 'Dockerfile', '--format', 'json').code,
      1,
    );
  });

  test('has to be text', () => {
    const ran = check(new Uint8Array([0, 1]), '--stdin-filename', 'compose.yaml');
    assert.equal(ran.code, 2);
    assert.match(ran.err, /^compose\.yaml: This is not text/);
  });

  test.each([
    [[], /--stdin needs --stdin-filename NAME/],
    [['--stdin-filename', 'x.txt'], /"x\.txt" says no language\. Compose files are recognised/],
    [['--stdin-filename', 'compose.yaml', '.'], /--stdin takes no PATH/],
  ])('needs to be named well: %j', (args, expected) => {
    const ran = check(COMPOSE, ...args);
    assert.equal(ran.code, 2);
    assert.match(ran.err, expected);
  });
});
