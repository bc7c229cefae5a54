/** `dockwright fix --dry-run` and `--diff`: what would be done, and patches that other tools take. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { buildCli, CLEAN, COMPOSE, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

const textOf = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const BUILT = CLEAN.replace('image: nginx:1.22', 'build: .');

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

  test('--diff of what lies outside of the current folder begins at the folder that holds both', () => {
    const root = project({ 'here/compose.yaml': COMPOSE, 'there/x/compose.yaml': COMPOSE });
    const cwd = join(root, 'here');
    for (const operands of [['.', '../there'], [join(root, 'there/x/compose.yaml')]]) {
      const { out, err } = dockwright(['fix', '--dry-run', '--diff', ...operands], { cwd });
      assert.match(out, /^--- a\/there\/x\/compose\.yaml\n\+\+\+ b\/there\/x\/compose\.yaml\n/m);
      assert.ok(err.endsWith(`Apply the patch in ${root}: its file names begin there.\n`), err);
    }
    const { out } = dockwright(['fix', '--dry-run', '--diff', '.', '../there'], { cwd });
    execFileSync('git', ['apply', '-'], {
      cwd: root,
      input: out,
      env: { ...process.env, GIT_DIR: '/nonexistent' },
    });
    for (const name of ['here/compose.yaml', 'there/x/compose.yaml'])
      assert.match(textOf(root, name), /restart: unless-stopped/);
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
