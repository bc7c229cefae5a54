/** Everything that can stand behind the name of a text file. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, onTestFinished, test } from 'vitest';
import {
  decodeText,
  describeReadError,
  readErrorOf,
  readTextFile,
  withoutByteOrderMark,
} from '../../../server/src/files/read.ts';
import { bound, folderWith } from './folder.ts';

const kindOf = (path: string): string => {
  const read = readTextFile(path);
  return read.ok ? 'text' : read.error.kind;
};

describe('readTextFile', () => {
  test('keeps every byte of a text: byte order mark, CRLF, no final newline', () => {
    const text = '\uFEFFservices:\r\n  wéb: {}\r\n  🐳: {}';
    const path = join(folderWith({ 'compose.yaml': text }), 'compose.yaml');
    assert.deepEqual(readTextFile(path), { ok: true, value: text });
  });

  test('says what is no text', () => {
    const root = folderWith({
      'compose.yaml': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      'utf-16.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0]),
      'latin-1.yaml': new Uint8Array([0x61, 0xe9, 0x62]),
    });
    assert.equal(kindOf(join(root, 'compose.yaml')), 'binary');
    assert.equal(kindOf(join(root, 'utf-16.yaml')), 'binary');
    assert.equal(kindOf(join(root, 'latin-1.yaml')), 'encoding');
  });

  test('says what is not there, and what is a folder', () => {
    const root = folderWith({ Dockerfile: 'FROM scratch\n' });
    mkdirSync(join(root, 'compose.yaml'));
    assert.equal(kindOf(join(root, 'compose.yml')), 'missing');
    assert.equal(kindOf(join(root, 'Dockerfile', 'x')), 'missing');
    assert.equal(kindOf(join(root, 'compose.yaml')), 'directory');
  });

  test('sees a circle of links, and a link that leads nowhere', () => {
    const root = folderWith({});
    symlinkSync('b', join(root, 'a'));
    symlinkSync('a', join(root, 'b'));
    symlinkSync('nowhere', join(root, 'c'));
    assert.equal(kindOf(join(root, 'a')), 'loop');
    assert.equal(kindOf(join(root, 'c')), 'missing');
  });

  test.skipIf(process.platform === 'win32')('does not wait at a named pipe', () => {
    const root = folderWith({});
    execFileSync('mkfifo', [join(root, 'Dockerfile')]);
    assert.equal(kindOf(join(root, 'Dockerfile')), 'special');
  });

  test.skipIf(process.platform === 'win32')('refuses a socket', async () => {
    const path = join(folderWith({}), 'Dockerfile');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    assert.equal(kindOf(path), 'special');
  });

  test.skipIf(process.platform === 'win32')('says that reading is not permitted', () => {
    const root = folderWith({ Dockerfile: 'FROM scratch\n' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'Dockerfile'), 0);
    assert.equal(
      bound(() => kindOf(join(root, 'Dockerfile'))),
      'permission',
    );
  });

  test('reads 10 MB and refuses more than 20 MB without reading them', () => {
    const root = folderWith({ 'ten.yaml': '# 8 bytes\n'.repeat(1024 * 1024), 'large.yaml': '' });
    truncateSync(join(root, 'large.yaml'), 3 * 1024 * 1024 * 1024);
    assert.equal(kindOf(join(root, 'ten.yaml')), 'text');
    assert.equal(kindOf(join(root, 'large.yaml')), 'too-large');
  });
});

test('decodeText has the same limits', () => {
  assert.equal(decodeText('-', new Uint8Array(21 * 1024 * 1024)).ok, false);
  assert.deepEqual(decodeText('-', Buffer.from('a\n')), { ok: true, value: 'a\n' });
});

test('every error of the file system has a sentence of its own', () => {
  const codes = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR', 'ELOOP', 'ENXIO', 'EMFILE'];
  const errors = codes.map((code) => readErrorOf('x', Object.assign(new Error(code), { code })));
  assert.deepEqual(
    errors.map(({ kind }) => kind),
    ['missing', 'missing', 'permission', 'permission', 'directory', 'loop', 'special', 'other'],
  );
  assert.match(describeReadError(errors.at(-1)!), /EMFILE/);
  const kinds = ['binary', 'encoding', 'missing', 'directory', 'special', 'permission', 'loop'];
  const sentences = kinds.map((kind) => describeReadError({ path: 'x', kind } as never));
  assert.equal(new Set(sentences).size, kinds.length);
  for (const sentence of sentences) assert.match(sentence, /^[A-Z].*\.$/);
  assert.match(describeReadError({ path: 'x', kind: 'too-large', bytes: 2 ** 26 }), /64 MB/);
});

test('withoutByteOrderMark takes away one mark at the start and nothing else', () => {
  assert.equal(withoutByteOrderMark('\uFEFFa\uFEFF'), 'a\uFEFF');
  assert.equal(withoutByteOrderMark('a'), 'a');
});
