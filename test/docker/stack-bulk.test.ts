/** The bulk of a realistic build context: the size asked for, the same each time, never in the project. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { writeBulk } from '../setup/bulk.mjs';

const run = promisify(execFile);
const script = 'test/setup/bulk.mjs';

const files = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .toSorted();

const digest = (directory: string): string => {
  const hash = createHash('sha256');
  for (const path of files(directory)) {
    hash.update(path.slice(directory.length)).update(readFileSync(path));
  }
  return hash.digest('hex');
};

describe('the bulk of the sample stack', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dockwright-bulk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('has the size asked for, in every part, without holes', () => {
    const written = writeBulk(folder, { megabytes: 24.5 });
    const paths = files(folder);
    assert.deepEqual(written, { files: paths.length, bytes: 24.5 * 1024 * 1024 });
    const sizes = paths.map((path) => statSync(path).size);
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      written.bytes,
    );
    assert.deepEqual(readdirSync(folder).toSorted(), ['.git', 'app', 'backup', 'logs']);
    assert.deepEqual(readdirSync(join(folder, 'app')).toSorted(), [
      'node_modules',
      'public',
      'var',
      'vendor',
    ]);
    const hole = Buffer.alloc(512);
    assert.ok(paths.every((path) => !readFileSync(path).includes(hole)));
  });

  test('is the same bytes each time, from the terminal too', async () => {
    const [first, second] = [join(folder, '1'), join(folder, '2')];
    for (const made of [first, second]) mkdirSync(made);
    writeBulk(first, { megabytes: 8 });
    const { stdout } = await run(process.execPath, [script, second, '8']);
    assert.match(stdout, /^Wrote \d+ files, 8\.0 MiB, into /);
    assert.equal(digest(second), digest(first));
  });

  test('is never written into the project', () => {
    assert.throws(() => writeBulk('docker/stack', { megabytes: 1 }), /lies in the project/);
    assert.throws(() => writeBulk('.', { megabytes: 1 }), /lies in the project/);
    assert.ok(!existsSync('docker/stack/logs') && !existsSync('logs'));
  });

  test('is never written into a repository', () => {
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
    assert.throws(() => writeBulk(folder, { megabytes: 1 }), /is a Git repository/);
    assert.deepEqual(readdirSync(folder), ['.git']);
  });

  test('needs a size and a directory, and says so', async () => {
    assert.throws(() => writeBulk(folder, { megabytes: -1 }), /above 0, not -1/);
    assert.throws(() => writeBulk(join(folder, 'none')), /is not a directory/);
    await assert.rejects(run(process.execPath, [script]), { code: 2, stderr: /^Usage: / });
    await assert.rejects(run(process.execPath, [script, folder, 'big']), {
      code: 2,
      stderr: /must be a number of megabytes above 0, not NaN/,
    });
    assert.deepEqual(readdirSync(folder), []);
  });
});
