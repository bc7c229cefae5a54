/** Whatever is edited, a file that was known before is judged as one that nobody has seen. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryOf } from '../../../server/src/engine/memory.ts';
import { diskFacts } from '../../../server/src/files/disk.ts';
import type { FileFacts } from '../../../server/src/project/files.ts';

const settings = { ...defaultSettings, preset: 'all' as const };

const stacks = [
  'docker/stack/compose.yaml',
  'test/fixtures/projects/anchors/compose.yaml',
  'test/fixtures/healthy/anchors/compose.yaml',
  'test/fixtures/healthy/override-prod/compose.yaml',
  'test/fixtures/healthy/include-extends/compose.yaml',
];

/** The disk, asked once for each fact: the same questions come again and again. */
function remembered(): FileFacts {
  const disk = diskFacts();
  const answers = new Map<string, unknown>();
  const once = <T>(key: string, ask: () => T): T => {
    if (!answers.has(key)) answers.set(key, ask());
    return answers.get(key) as T;
  };
  return {
    readText: (path) => once(`text ${path}`, () => disk.readText(path)),
    kindOf: (path) => once(`kind ${path}`, () => disk.kindOf(path)),
    list: (path) => once(`list ${path}`, () => disk.list(path)),
  };
}

/** What people type, and what breaks things. */
const typed = fc.constantFrom(
  'x',
  ' ',
  '\n',
  ':',
  '#',
  '"',
  '- ',
  '  new:\n    image: redis:7.2\n',
  '    restart: always\n',
  '    <<: *defaults\n',
  '# dockwright ignore=compose/require-restart-policy -- a test\n',
  '    depends_on: [db]\n',
  '    ports: ["8080:80"]\n',
  'networks:\n  other: {}\n',
  '${NOBODY}',
);

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(40),
  typed,
});

describe('an edited file is judged as one that nobody has seen', () => {
  test.each(stacks)(
    '%s',
    (name) => {
      const path = resolve(name);
      const original = readFileSync(path, 'utf8');
      const files = remembered();
      assert.ok(files.kindOf(join(dirname(path))) === 'directory');
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
          const memory = memoryOf(files);
          let text = original;
          for (const { at, removed, typed: added } of edits) {
            const start = Math.floor(at * text.length);
            text = text.slice(0, start) + added + text.slice(start + removed);
            const input = { path, text, language: 'compose' as const };
            const again = lint(input, settings, files, { memory, isFresh: false });
            const anew = lint(input, settings, files);
            assert.deepEqual(again.crashes, []);
            assert.deepEqual(again.findings, anew.findings);
            for (const { span } of again.findings) {
              assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
            }
          }
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );
});
