/** The files that we say are sent are those that `docker build` sends, for every kind of line in an ignore file. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { patternsIn } from '../../server/src/dockerignore/patterns.ts';
import { measureContext } from '../../server/src/files/measure.ts';

const root = mkdtempSync(join(tmpdir(), 'dockwright-context-'));
afterAll(() => rmSync(root, { recursive: true }));

const files = [
  'README.md',
  'OTHER.md',
  'README-secret.md',
  'a/b/c.txt',
  'a/temp1',
  'a/b/temp2',
  'tempa',
  'temp',
  'app/node_modules/x/index.js',
  'node_modules/y.js',
  'src/main.go',
  'src/main.gox',
  'src/keep/one.log',
  'src/drop/two.log',
  'xfile',
  'file',
  'dir/file',
  'a*b',
  'axb',
  'ace',
  'aee',
  '# no comment',
  'ä.txt',
];

const ignoreFiles: Readonly<Record<string, string>> = {
  nothing: '# only a comment\n',
  'stars for one folder': '*/temp*\n*/*/temp*\ntemp?\n',
  'stars for any folder': '**/*.go\n**/node_modules\n**file\n',
  'taken back': '*.md\n!README*.md\nREADME-secret.md\n',
  'the last line counts': '*.md\nREADME-secret.md\n!README*.md\n',
  'all but one folder': '*\n!src\nsrc/drop\n',
  'all but one file': '**\n!src/keep/one.log\n',
  'below a folder that is left out': 'src\n!src/keep\n',
  'slashes around': '/a/\n./dir/../src/\n',
  brackets: 'a[b-d]e\na\\*b\n',
  'two stars at the end': 'a/**\n!a/b/c.txt\n',
  'two stars in the middle': 'src/**/two.log\n',
  'a byte order mark, and white space': '\uFEFFtemp\n  tempa  \n # no comment\n',
};

/** What the engine gets, told by itself: the context is copied into an image, and listed there. */
function sentByDocker(context: string): readonly string[] {
  const tag = `dockwright-context:${process.pid}`;
  const docker = (...args: readonly string[]) =>
    execFileSync('docker', args, {
      encoding: 'utf8',
      env: { ...process.env, DOCKER_BUILDKIT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  docker('build', '--tag', tag, '--file', join(context, 'Dockerfile'), context);
  try {
    const out = docker('run', '--rm', '--network', 'none', tag, 'find', '/context', '-type', 'f');
    return out
      .trim()
      .split('\n')
      .map((path) => path.slice('/context/'.length))
      .filter((path) => path !== 'Dockerfile' && path !== '.dockerignore')
      .sort();
  } finally {
    docker('rmi', '--force', tag);
  }
}

function sentByUs(context: string, ignoreFile: string): readonly string[] {
  const paths: string[] = [];
  measureContext(context, patternsIn(ignoreFile), (path) => paths.push(path));
  return paths.filter((path) => path !== 'Dockerfile' && path !== '.dockerignore').sort();
}

describe('what is sent', () => {
  test.each(Object.entries(ignoreFiles))('%s', (name, ignoreFile) => {
    const context = join(root, name.replaceAll(' ', '-'));
    const all = { Dockerfile: 'FROM busybox:1.35\nCOPY . /context\n', '.dockerignore': ignoreFile };
    for (const path of files) {
      mkdirSync(dirname(join(context, path)), { recursive: true });
      writeFileSync(join(context, path), path);
    }
    for (const [path, text] of Object.entries(all)) writeFileSync(join(context, path), text);
    const ours = sentByUs(context, ignoreFile);
    assert.ok(ours.length > 0);
    assert.deepEqual(ours, sentByDocker(context));
  });
});
