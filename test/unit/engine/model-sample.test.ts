/** The sample stack as Compose would run it: every line of it leads to the right one of its file. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'vitest';
import { parse } from 'yaml';
import { diskFacts } from '../../../server/src/files/disk.ts';
import { type Line, modelAt } from './model-origins.ts';

/** Written in another way than Compose prints it: as a dot, as a text that becomes a list, and 60s for 1m0s. */
const REWRITTEN = [
  'services.twlan-legacy.build.context',
  'services.twlan-legacy.healthcheck.start_period',
  'services.twlan-php.build.context',
  'services.twlan-redis.healthcheck.test.0',
];

describe('the sample stack', () => {
  const folder = resolve('docker/stack');
  const source = readFileSync('docker/stack/compose.yaml', 'utf8').split('\n');
  const { lines, text } = modelAt(folder, diskFacts());

  test('every line but the name of the project is written in its file', () => {
    const nowhere = lines.filter(({ origin }) => !origin.written);
    assert.deepEqual(
      nowhere.map((one) => one.text),
      ['name: stack'],
    );
    for (const { origin } of lines.slice(1))
      assert.equal(origin.written?.file, resolve(folder, 'compose.yaml'));
    assert.ok(lines.length > 350, String(lines.length));
  });

  test('the path of every line leads to what the text says there', () => {
    const root: unknown = parse(text, { version: '1.1' });
    for (const { text: line, origin } of lines) {
      const value = valueAt(root, origin.path);
      assert.notEqual(value, undefined, origin.path);
      const said = /^ *(?:- )?(?:[^\s:]+:(?: |$))?(.*)$/.exec(line)?.[1] ?? '';
      if (typeof value === 'string' && !value.includes('\n'))
        assert.ok(said.includes(value), `${line} says ${value}`);
    }
  });

  test('every line leads to where its key or its value is written', () => {
    const bySource = (one: Line): boolean => {
      const { line, character } = one.origin.written?.position ?? { line: 0, character: 0 };
      const written = (source[line] ?? '').slice(character);
      const value = one.text.replace(/^ *(?:- )?(?:[^\s:]+:(?: |$))?/, '').replaceAll('"', '');
      const key = one.origin.path.split('.').at(-1) ?? '';
      const isSupplied = one.origin.steps.some(({ at }) => !at);
      return (
        isSupplied ||
        written.startsWith(key) ||
        written.includes(value.replace(`${folder}/`, './').replaceAll('$$$$', '$')) ||
        // A part of the short form of a port or a mount, or a line of a block of text.
        /^["']?\S+:\S+/.test(written) ||
        written.startsWith('|') ||
        value === '{}'
      );
    };
    assert.deepEqual(
      lines
        .slice(1)
        .filter((one) => !bySource(one))
        .map(({ origin }) => origin.path),
      REWRITTEN,
    );
  });

  test('services and what is below them are not mixed up', () => {
    for (const { text: line, origin } of lines) {
      const service = /^ {2}([\w-]+):$/.exec(line)?.[1];
      if (service === undefined || !origin.path.startsWith('services.')) continue;
      const at = origin.written?.position.line ?? -1;
      assert.equal(source[at]?.trimEnd(), `  ${service}:`);
    }
  });
});

function valueAt(root: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return (value as Readonly<Record<string, unknown>>)[key];
  }, root);
}
