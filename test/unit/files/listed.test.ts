/** Folders that are read once say of every path what the disk says of it. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
import { diskFacts } from '../../../server/src/files/disk.ts';
import { listedFacts } from '../../../server/src/files/listed.ts';
import type { FileFacts } from '../../../server/src/project/files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dockwright-listed-'));
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'compose.yaml'), 'services: {}\n');
  writeFileSync(join(folder, 'src', 'app.js'), '');
  symlinkSync('src', join(folder, 'linked'));
  symlinkSync('compose.yaml', join(folder, 'alias.yaml'));
  symlinkSync('nowhere', join(folder, 'broken'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const paths = [
  '',
  'compose.yaml',
  'alias.yaml',
  'broken',
  'src',
  'src/app.js',
  'linked',
  'linked/app.js',
  'linked/other.js',
  'empty',
  'empty/a',
  'empty/a/b',
  'missing',
  'missing/a/b',
  'compose.yaml/a',
];

/** How often the disk was asked for anything. */
function counting(facts: FileFacts) {
  let count = 0;
  const counted = <Answer>(ask: (path: string) => Answer) => {
    return (path: string): Answer => {
      count++;
      return ask(path);
    };
  };
  const { readText, kindOf, list } = facts;
  const asked = { readText: counted(readText), kindOf: counted(kindOf), list: counted(list) };
  return { facts: asked, count: () => count };
}

const said = (facts: FileFacts) =>
  paths.map((path) => {
    const whole = join(folder, path);
    return [path, facts.kindOf(whole), facts.readText(whole), facts.list(whole)];
  });

test.each([true, false])('what the disk says, where names are exact: %s', (isExact) => {
  const disk = diskFacts();
  assert.deepEqual(said(listedFacts(disk, isExact)), said(disk));
});

test('what is not there is asked for once', () => {
  const { facts, count } = counting(diskFacts());
  const listed = listedFacts(facts, true);
  assert.equal(listed.kindOf(join(folder, 'src', 'a')), undefined);
  const before = count();
  for (const name of ['b', 'c', 'd']) {
    assert.equal(listed.kindOf(join(folder, 'src', name)), undefined);
    assert.equal(listed.readText(join(folder, 'src', name)), undefined);
  }
  assert.equal(count(), before);
});

test('a folder that cannot be listed is asked for each name', () => {
  chmodSync(join(folder, 'src'), 0o100);
  const disk = diskFacts();
  assert.equal(listedFacts(disk, true).kindOf(join(folder, 'src', 'app.js')), 'file');
  chmodSync(join(folder, 'src'), 0o700);
});

test('forgets folders and texts when there are very many', () => {
  const { facts, count } = counting({
    readText: (path) => `text of ${path}`,
    kindOf: () => 'file',
    list: () => [{ name: 'a', kind: 'file' }],
  });
  const listed = listedFacts(facts, true);
  for (let index = 0; index < 1200; index++) {
    assert.equal(listed.readText(`/p${index}/a`), `text of /p${index}/a`);
  }
  const before = count();
  assert.equal(listed.readText('/p0/a'), 'text of /p0/a');
  assert.equal(count(), before + 2);
});
