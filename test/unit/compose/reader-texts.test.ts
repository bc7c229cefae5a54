/** The fast reader over every YAML file at hand, over changes of them, and over texts that are made up. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { cut } from '../../../server/src/compose/blocks.ts';
import { mapValue } from '../../../server/src/compose/make.ts';
import type { Value } from '../../../server/src/compose/value.ts';
import { complaints, isReadFast } from './reader-compare.ts';

const texts = ['test', 'docker'].flatMap(yamlBelow).map((path) => readFileSync(path, 'utf8'));

function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path) && !path.includes('artifacts'))
    .map((path) => join(folder, path));
}

/** The same value for the same name, as long as one block is read. */
function anyAnchor(): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const text = `${name}: {}`;
    const place = { source: { file: '/other.yaml', text }, span: { start: 0, end: text.length } };
    const value = known.get(name) ?? mapValue(place, [], { anchor: name });
    known.set(name, value);
    return value;
  };
}

describe('the files of this repository', () => {
  test('are read fast but for a few, if nothing is wrong with them', { timeout: 60_000 }, () => {
    const fine = texts.filter((text) => complaints(text).length === 0);
    const fast = fine.filter((text) => isReadFast(text));
    assert.ok(fine.length > 500);
    assert.ok(fast.length > 0.97 * fine.length, `${fast.length} of ${fine.length}`);
  });

  test('are read fast block by block', { timeout: 60_000 }, () => {
    const blocks = texts.flatMap((text) =>
      (cut(text, 0, text.length, 0)?.cuts ?? []).map(({ start, end }) => text.slice(start, end)),
    );
    const fine = blocks.filter((text) => complaints(text).length === 0);
    const fast = fine.filter((text) => isReadFast(text, anyAnchor()));
    assert.ok(fine.length > 1000);
    assert.ok(fast.length > 0.99 * fine.length, `${fast.length} of ${fine.length}`);
  });
});

const snippets = [
  'a: b',
  ' # c',
  '\n# c\n',
  '\r\n',
  '\n\n',
  '  \n',
  '\n - ',
  ': ',
  '- ',
  '\t',
  '\r',
];
const signs = [
  '"',
  "'",
  "''",
  '\\',
  '\\n',
  '|',
  '>-',
  '|2',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '?',
  '@',
  '%',
];
const names = ['&a ', '*a', '<<: *a', '!reset ', '!override\n', '!x ', '---', '...', '\n---\n'];
const words = [
  '~',
  'null',
  '0o17',
  '1e3',
  '.inf',
  '-1',
  '\uFEFF',
  '\u2028',
  '😀',
  '\0',
  '#',
  ' ',
  ':',
];

/** An edit as people make them, and as nobody does. */
const edit = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    what: fc.constantFrom(...snippets, ...signs, ...names, ...words),
  }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(), what: fc.nat({ max: 4 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), what: fc.nat() }),
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(), what: fc.nat() }),
  fc.record({ kind: fc.constant('indent' as const), at: fc.nat(), what: fc.nat({ max: 3 }) }),
);

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(text: string, { kind, at, what }: Edit): string {
  const place = at % (text.length + 1);
  if (kind === 'insert') return text.slice(0, place) + what + text.slice(place);
  if (kind === 'delete') return text.slice(0, place) + text.slice(place + what);
  const lines = text.split(/(?<=\n)/);
  const index = at % lines.length;
  const line = lines[index] ?? '';
  if (kind === 'repeat') lines.splice(what % lines.length, 0, line);
  else if (kind === 'drop') lines.splice(index, 1);
  else lines[index] = what > 1 ? ' '.repeat(what) + line : line.replace(/^ {1,2}/, '');
  return lines.join('');
}

test('files that are changed at random', { timeout: 120_000 }, () => {
  const small = texts.filter((text) => text.length < 2000);
  let fast = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...small),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (text, edits, isWindows) => {
        const before = isWindows ? text.replace(/\r?\n/g, '\r\n') : text;
        if (isReadFast(edits.reduce(edited, before))) fast++;
      },
    ),
    { numRuns: 4000 },
  );
  assert.ok(fast > 1000, `only ${fast} were read fast`);
});

/** Lines of a made-up text: how deep each is, what it begins with and what it holds. */
const line = fc.record({
  depth: fc.constantFrom(0, 0, 1, 1, 2, 2, 2, 3, 4),
  start: fc.constantFrom('', '', 'a: ', 'b: ', 'c:', '"d": ', '- ', '- ', '- e: ', '- - ', '<<: '),
  mark: fc.constantFrom('', '', '', '', '', '&x ', '&y ', '!reset ', '!override '),
  content: fc.constantFrom(
    ...['', '', '', '', 'word', 'two words', '1', 'true', '~', 'x:y', '"quoted"', "'it''s'", '*x'],
    ...[
      '[1, two]',
      '{f: 1, g: [h]}',
      '[',
      ']',
      '{k: v,',
      '}',
      '|',
      '>-',
      '|+',
      '"open',
      'close"',
      '*y',
    ],
  ),
  end: fc.constantFrom(
    '\n',
    '\n',
    '\n',
    '\n',
    ' # c\n',
    '\n\n',
    '\r\n',
    ' \n',
    '\n# c\n',
    '\n    \n',
  ),
});

test('texts of lines that are made up', { timeout: 120_000 }, () => {
  let fast = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 9 }), (lines) => {
      const text = lines
        .map(({ depth, start, mark, content, end }, index) =>
          ['  '.repeat(index === 0 ? 0 : depth), start, mark, content, end].join(''),
        )
        .join('');
      if (isReadFast(text)) fast++;
    }),
    { numRuns: 10_000 },
  );
  assert.ok(fast > 300, `only ${fast} were read fast`);
});
