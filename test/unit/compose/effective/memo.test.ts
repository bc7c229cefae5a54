/** What did not change comes back as the same objects. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Environment } from '../../../../server/src/compose/effective/environment.ts';
import { resolveMemo } from '../../../../server/src/compose/effective/memo.ts';
import type { Merged, MergedService } from '../../../../server/src/compose/effective/merged.ts';
import { resolveCompose } from '../../../../server/src/compose/effective/project.ts';
import { type ParsedFile, parseFile } from '../../../../server/src/compose/file.ts';
import { plain, resolving, services, variables } from './resolving.ts';

/** A project whose files are edited: what an edit does not touch is read once. */
function edited(): (files: Readonly<Record<string, string>>, environment?: Environment) => Merged {
  const memo = resolveMemo();
  const read = new Map<string, ParsedFile>();
  const unset = variables({});
  return (files, environment = unset) => {
    const load = (path: string): ParsedFile | { problem: string } => {
      const text = files[path.slice('/p/'.length)];
      if (text === undefined) return { problem: 'which is not there' };
      const file = parseFile(path, text, read.get(path));
      read.set(path, file);
      return file;
    };
    const layers = ['/p/compose.yaml', '/p/compose.override.yaml'].flatMap((path) => {
      const file = load(path);
      return 'problem' in file ? [] : [file];
    });
    const ports = { load, environmentAt: (): Environment => unset };
    return resolveCompose({ layers, directory: '/p', environment, ports }, memo);
  };
}

/** Names of services that are other objects than before. */
function changed(before: Merged, after: Merged): readonly string[] {
  const isOther = ([name, service]: readonly [string, MergedService]): boolean =>
    before.services.get(name) !== service;
  return [...after.services].filter(isOther).map(([name]) => name);
}

const base = `services:
  a:
    image: a:$TAG
  b:
    extends: a
    user: b
  c:
    extends:
      service: b
  d:
    image: d
  e:
    image: e
    extends:
      file: other.yaml
      service: x
`;

const files = {
  'compose.yaml': base,
  'compose.override.yaml': 'services:\n  d:\n    user: d\n  f:\n    image: f\n',
  'other.yaml': 'services:\n  x:\n    user: x\n  y:\n    user: y\n',
};

describe('an edit', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] =
    [
      ['nothing', files, []],
      ['another top-level key above', { ...files, 'compose.yaml': `x-top: 1\n${base}` }, []],
      [
        'a service that others extend',
        { ...files, 'compose.yaml': base.replace('a:$TAG', 'z') },
        ['a', 'b', 'c'],
      ],
      [
        'a service in the middle of a chain',
        { ...files, 'compose.yaml': base.replace('user: b', 'user: z') },
        ['b', 'c'],
      ],
      [
        'the end of a chain',
        { ...files, 'compose.yaml': base.replace('service: b\n', 'service: a\n') },
        ['c'],
      ],
      [
        'the base of a service in two files',
        { ...files, 'compose.yaml': base.replace('image: d', 'image: z') },
        ['d'],
      ],
      [
        'the override of it',
        {
          ...files,
          'compose.override.yaml': files['compose.override.yaml'].replace('user: d', 'user: z'),
        },
        ['d'],
      ],
      [
        'a service that is extended from another file',
        { ...files, 'other.yaml': files['other.yaml'].replace('user: x', 'user: z') },
        ['e'],
      ],
      [
        'another service of that file',
        { ...files, 'other.yaml': files['other.yaml'].replace('user: y', 'user: z') },
        [],
      ],
      ['a service more', { ...files, 'compose.yaml': `${base}  g:\n    image: g\n` }, ['g']],
      [
        'a file that is gone',
        { 'compose.yaml': base, 'compose.override.yaml': files['compose.override.yaml'] },
        ['e'],
      ],
    ];

  test.each(rows)('of %s', (_, after, expected) => {
    const resolve = edited();
    const before = resolve(files);
    const now = resolve(after);
    assert.deepEqual(changed(before, now), expected);
    assert.deepEqual(services(now), services(edited()(after)));
    assert.deepEqual(services(resolve(files)), services(before));
  });

  test('of the environment changes what may name a variable', () => {
    const resolve = edited();
    const before = resolve(files);
    const now = resolve(files, variables({ TAG: '1' }));
    assert.equal(now.services.get('a')?.map.get('image')?.value.kind, 'scalar');
    assert.deepEqual(plain(now.services.get('a')?.map.get('image')?.value), 'a:1');
    assert.deepEqual(plain(before.services.get('a')?.map.get('image')?.value), 'a:');
  });
});

test('what is included is remembered too', () => {
  const resolve = edited();
  const text = (image: string): Readonly<Record<string, string>> => ({
    'compose.yaml': 'include:\n  - sub/a.yaml\nservices:\n  m:\n    image: m\n',
    'sub/a.yaml': `services:\n  a:\n    image: ${image}\n    build: .\n  b:\n    image: b\nvolumes:\n  v:\n`,
  });
  const before = resolve(text('x'));
  const same = resolve(text('x'));
  assert.deepEqual(changed(before, same), []);
  assert.equal(before.volumes.get('v'), same.volumes.get('v'));
  assert.deepEqual(changed(before, resolve(text('y'))), ['a']);
});

test('names that are gone are forgotten in time', () => {
  const memo = resolveMemo();
  const text = (index: number): string =>
    `include: [inc.yaml]\nservices: {s${index}: {image: s}}\nvolumes: {v${index}: }\nx-${index}: 1\n---\nservices: {s${index}: {user: u}}\n`;
  for (let index = 0; index < 100; index++) {
    const included = `services: {i${index}: {image: s}}\nnetworks: {n${index}: }\n`;
    resolving({ 'compose.yaml': text(index), 'inc.yaml': included }, { memo });
  }
  const maps = [...memo.files.values(), ...memo.layers.values()].flatMap((slots) =>
    Object.values<ReadonlyMap<string, unknown>>({ ...slots }),
  );
  assert.ok(maps.length > 0);
  for (const { size } of maps) assert.ok(size < 30, String(size));
});
