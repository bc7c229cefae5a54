/** Files in blocks: an edited file reads as if nobody had known the file before it, and what is untouched is kept. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { type ParsedFile, parseFile } from '../../../server/src/compose/file.ts';
import type { Value } from '../../../server/src/compose/value.ts';

const FILE = '/p/compose.yaml';

const stack = `# a stack
x-logging: &logging
  driver: local

services:
  # the front door
  web:
    image: nginx:1.27.3
    logging: *logging

  api:
    build: .
    command: |
      # no comment, but text
      run
  db:
    image: "postgres:16"
    ports: ["5432:5432"]
volumes:
  data: {}
`;

/** What a file says, with every place in offsets of the file. */
function plain({ blocks, documents, problems }: ParsedFile): unknown {
  const offsets = new Map<unknown, number>();
  let offset = 0;
  for (const { source } of blocks) {
    offsets.set(source, offset);
    offset += source.text.length;
  }
  const place = ({ source, span }: Pick<Value, 'source' | 'span'>): readonly number[] => {
    const start = offsets.get(source) ?? -1;
    return [start + span.start, start + span.end];
  };
  const show = (value: Value): unknown => {
    if (value.kind === 'scalar') return [value.value, value.style, ...place(value)];
    if (value.kind === 'seq') return value.items.map((item) => [item.own, show(item.value)]);
    return value.entries.map(({ key, keySpan, source, via, value: inner }) => [
      key,
      via,
      ...place({ source, span: keySpan }),
      show(inner),
    ]);
  };
  return {
    documents: documents.map(show),
    problems: problems.map((problem) => [problem.message, ...place(problem)]),
    cuts: blocks.map(({ kind, source }) => [kind, source.text]),
  };
}

const edited = (text: string, at: number, removed: number, added: string): string =>
  text.slice(0, at) + added + text.slice(at + removed);

describe('a file in blocks', () => {
  test('is its top-level keys and services, with the comments above them', () => {
    const { blocks } = parseFile(FILE, stack);
    assert.deepEqual(
      blocks.map(({ kind, source }) => `${kind} ${source.text.split('\n')[0] ?? ''}`),
      [
        'top # a stack',
        'services services:',
        'service   # the front door',
        'service   api:',
        'service   db:',
        'top volumes:',
      ],
    );
    assert.equal(blocks.map(({ source }) => source.text).join(''), stack);
  });

  test.each([
    ['documents', '---\nservices: {}\n'],
    ['braces', '{services: {}}\n'],
    ['a list', '- a\n'],
    ['a tab', 'services:\n\tweb: {}\n'],
    ['a merge key of services', 'services:\n  <<: {}\n  web: {}\n'],
    ['nothing but comments', '# nothing\n'],
    ['nothing', ''],
  ])('is read whole where it is %s', (_, text) => {
    assert.deepEqual(
      parseFile(FILE, text).blocks.map(({ kind }) => kind),
      ['whole'],
    );
  });

  test('keeps what an edit does not touch', () => {
    const before = parseFile(FILE, stack);
    const after = parseFile(FILE, stack.replace('build: .', 'build: ./api'), before);
    assert.deepEqual(
      after.blocks.map((block, index) => block === before.blocks[index]),
      [true, true, true, false, true, true],
    );
  });

  test('reads again what uses an anchor that has changed', () => {
    const before = parseFile(FILE, stack);
    const after = parseFile(FILE, stack.replace('driver: local', 'driver: none'), before);
    assert.deepEqual(
      after.blocks.map((block, index) => block === before.blocks[index]),
      [false, true, false, true, true, true],
    );
  });

  test('a mistake stays in its block', () => {
    const { problems, documents } = parseFile(FILE, stack.replace('["5432:5432"]', '["5432'));
    assert.ok(problems.length > 0);
    assert.ok(problems.every(({ source }) => source.text.startsWith('  db:')));
    const [root] = documents;
    assert.ok(root?.kind === 'map' && root.get('volumes'));
  });

  test.each([
    [
      'the first block becomes a comment',
      (text: string) => text.replace('x-logging', '#x-logging'),
    ],
    ['the last block becomes a comment', (text: string) => text.replace('volumes', '# volumes')],
    ['a block is there twice', (text: string) => text.replace(/ {2}db:[^]*(?=volumes)/, '$&$&')],
    ['nothing is left', () => ''],
  ])('reads as if it were new where %s', (_, change) => {
    const text = change(stack);
    assert.notEqual(text, stack);
    const after = parseFile(FILE, text, parseFile(FILE, stack));
    assert.deepEqual(plain(after), plain(parseFile(FILE, text)));
    assert.equal(new Set(after.blocks).size, after.blocks.length);
  });

  test('a key that stands in two blocks is told', () => {
    const { problems } = parseFile(FILE, `${stack}services:\n  web: {}\n`);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['Map keys must be unique', 'Map keys must be unique'],
    );
  });
});

const pieces = fc.constantFrom(
  ...[...new Set(stack)],
  '\n',
  '\n\n',
  '  ',
  '    ',
  'key: ',
  '# note\n',
  '  new:\n    image: x\n',
  'services:\n',
  '---\n',
  '&a ',
  '*logging',
  '"',
  '[',
  '{',
);

describe('after any edits', () => {
  test('the result is that of reading the text from scratch, and spans lie inside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), fc.array(pieces, { maxLength: 4 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (edits) => {
          let file = parseFile(FILE, stack);
          for (const [at, removed, added] of edits) {
            const text = edited(file.text, at % (file.text.length + 1), removed, added.join(''));
            file = parseFile(FILE, text, file);
            assert.equal(file.blocks.map(({ source }) => source.text).join(''), text);
            assert.deepEqual(plain(file), plain(parseFile(FILE, text)));
            for (const { source, span } of file.problems) {
              assert.ok(span.start >= 0 && span.start <= span.end);
              assert.ok(span.end <= source.text.length);
            }
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
