/** `dockwright context`: what a build sends, in numbers that are counted. */
import assert from 'node:assert/strict';
import { beforeAll, describe, test } from 'vitest';
import { buildCli, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

const run = (cwd: string, ...args: readonly string[]) => dockwright(['context', ...args], { cwd });

const files = {
  Dockerfile: 'FROM busybox:1.35\nCOPY src /src\n',
  'src/app.js': 'x'.repeat(2048),
  'data/dump.sql': 'y'.repeat(300 * 1024),
  'data/keep.sql': 'z'.repeat(1024),
  'a.log': 'log',
};

describe('dockwright context', () => {
  test('measures a folder, and each line of its ignore file', () => {
    const root = project({ ...files, '.dockerignore': '# bulk\ndata\n*.tmp\n!data/keep.sql\n' });
    const { code, out, err } = run(root);
    assert.deepEqual([code, err], [0, '']);
    assert.equal(
      out,
      [
        '.: 3.1 KiB in 5 files (.dockerignore)',
        '',
        'Largest',
        '    2.0 KiB  src/app.js',
        '    1.0 KiB  data/keep.sql',
        '       33 B  .dockerignore',
        '       32 B  Dockerfile',
        '        3 B  a.log',
        '',
        'Kept out',
        '    300 KiB  data',
        '    nothing  *.tmp  line 3 matches nothing',
        '',
      ].join('\n'),
    );
  });

  test('says what an ignore file would bring where there is none', () => {
    const root = project({ ...files, 'node_modules/a/index.js': 'w'.repeat(5000) });
    const { out } = run(root);
    assert.match(out, /^\.: 308 KiB in 6 files \(no ignore file\)\n/);
    assert.match(out, /With the ignore file that `dockwright fix` writes: 303 KiB in 3 files\n$/);
  });

  test('is JSON for programs', () => {
    const root = project({ ...files, '.dockerignore': 'data\n' });
    const { code, out } = run(root, '.', '--format', 'json');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      context: '.',
      ignoreFile: '.dockerignore',
      sent: { files: 4, bytes: 2048 + 32 + 3 + 5 },
      largest: [
        { path: 'src/app.js', files: 1, bytes: 2048 },
        { path: 'Dockerfile', files: 1, bytes: 32 },
        { path: '.dockerignore', files: 1, bytes: 5 },
        { path: 'a.log', files: 1, bytes: 3 },
      ],
      keptOut: [{ line: 1, pattern: 'data', files: 2, bytes: 301 * 1024 }],
      unreadable: [],
    });
  });

  test('lists the files that are sent', () => {
    const root = project({ ...files, '.dockerignore': '*\n!src\n' });
    assert.equal(run(root, '--list').out, 'src/app.js\n');
  });

  test('reads the ignore file of a Dockerfile first', () => {
    const root = project({
      ...files,
      '.dockerignore': '**\n',
      'docker/Dockerfile.api': 'FROM busybox:1.35\n',
      'docker/Dockerfile.api.dockerignore': 'data\n',
    });
    const { out } = run(root, '--dockerfile', 'docker/Dockerfile.api');
    assert.match(out, /^\.: .* in 6 files \(docker\/Dockerfile\.api\.dockerignore\)\n/);
    assert.match(run(root, 'Dockerfile').out, /^\.: 0 B in 0 files \(\.dockerignore\)\n/);
  });

  test('says what Docker refuses, and what is not there', () => {
    const root = project({ ...files, '.dockerignore': 'a\n!\n' });
    const refused = run(root);
    assert.equal(refused.code, 2);
    assert.equal(
      refused.err,
      '.dockerignore:2 error An exclamation mark alone takes back nothing. Docker refuses the build.\n',
    );
    const missing = run(root, 'nowhere');
    assert.equal(missing.code, 2);
    assert.match(missing.err, /there is nothing at nowhere/);
  });
});
