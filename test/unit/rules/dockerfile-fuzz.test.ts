/** Mutated Dockerfiles: no rule fails, every place lies in the text, and what a fix writes can still be read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { editedText } from '../../../server/src/core/edit.ts';
import { parseDockerfile } from '../../../server/src/dockerfile/model.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';
import { stripMarkers } from './drawing.ts';

/** `FUZZ=20000` takes minutes. */
const ROUNDS = Number(process.env['FUZZ'] ?? 400);

const FIXTURES = 'test/fixtures/rules/dockerfile';
const texts = readdirSync(FIXTURES).flatMap((rule) =>
  readdirSync(join(FIXTURES, rule))
    .filter((name) => name.endsWith('.dockerfile'))
    .map((name) => stripMarkers(readFileSync(join(FIXTURES, rule, name), 'utf8'))),
);

const PIECES = [
  ...[
    '\n',
    '\r\n',
    ' \\\n',
    '\\',
    '"',
    "'",
    '$',
    '${',
    '}',
    '`',
    ' && ',
    ' | ',
    '; ',
    '(',
    ')',
    '[',
    ']',
  ],
  ...[
    '<<EOF\n',
    'EOF\n',
    '# ',
    '--from=',
    '--mount=type=cache,',
    '=',
    ',',
    '\t',
    '\0',
    '😀',
    ' AS ',
    'RUN ',
    'ONBUILD ',
  ],
];

/** Numbers that are the same in every run. */
function random(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function mutated(next: (below: number) => number): string {
  let text = texts[next(texts.length)] ?? '';
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(text.length + 1);
    const other = texts[next(texts.length)] ?? '';
    const from = next(other.length + 1);
    const piece = [PIECES[next(PIECES.length)] ?? '', other.slice(from, from + next(40)), ''][
      next(3)
    ];
    text = text.slice(0, at) + (piece ?? '') + text.slice(at + (next(2) === 0 ? 0 : next(12)));
  }
  return text;
}

const settings = { ...defaultSettings, preset: 'all' } as const;

test('no rule fails, and fixes leave what can be read', () => {
  const next = random(7);
  const files = memoryFiles({ '/shop/package.json': '{}', '/shop/.dockerignore': 'dist\n' });
  for (let round = 0; round < ROUNDS; round++) {
    const text = mutated(next);
    const shown = JSON.stringify(text);
    const start = performance.now();
    const input = { path: '/shop/Dockerfile', text, language: 'dockerfile' } as const;
    const { findings, crashes } = lint(input, settings, files);
    const isBroken = parseDockerfile(text).problems.length > 0;
    assert.deepEqual(
      crashes.map(({ rule, error }) => `${rule}: ${String(error)}`),
      [],
      shown,
    );
    assert.ok(process.env['FUZZ'] === undefined || performance.now() - start < 200, shown);
    for (const { rule, span, fix } of findings) {
      assert.ok(
        0 <= span.start && span.start <= span.end && span.end <= text.length,
        `${rule} ${shown}`,
      );
      const own = fix?.edits.filter(({ file }) => file === undefined) ?? [];
      if (own.length === 0) continue;
      const fixed = editedText(text).apply(own).text;
      assert.ok(
        isBroken || parseDockerfile(fixed).problems.length === 0,
        `${rule} ${shown} ${JSON.stringify(fixed)}`,
      );
    }
  }
});
