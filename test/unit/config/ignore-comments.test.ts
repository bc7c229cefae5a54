/** What the page says about ignore comments is what they do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { resolveRuleId } from '../../../server/src/rules/registry.ts';
import { memoryFiles } from '../memory-files.ts';

const page = readFileSync('docs/configuration.md', 'utf8');
const examples = [...page.matchAll(/```(yml|dockerfile)\n([\s\S]*?)```/g)].map(
  ([, fence = '', text = '']) => ({ fence, text }),
);

/** The rules that report something, and how often. */
function reported(fence: string, text: string): readonly string[] {
  const [language, path] =
    fence === 'yml'
      ? (['compose', '/shop/compose.yaml'] as const)
      : (['dockerfile', '/shop/Dockerfile'] as const);
  const settings = { ...defaultSettings, preset: 'all' as const };
  const files = memoryFiles({ [path]: text });
  return lint({ path, text, language }, settings, files).findings.map(({ rule }) => rule);
}

test('the page has examples of every kind', () => {
  assert.ok(examples.length >= 4);
  for (const part of ['ignore=', 'ignore-file=', 'cis:'])
    assert.ok(examples.some(({ text }) => text.includes(part)));
});

describe.each(examples)('$text', ({ fence, text }) => {
  const comments = [...text.matchAll(/# dockwright ignore(?:-file)?=(\S+) -- \S.*/g)];

  test('silences exactly what it names', () => {
    const named = comments.flatMap(([, names = '']) =>
      names.split(',').map((name) => resolveRuleId(name) ?? assert.fail(name)),
    );
    const without = comments.reduce((all, [comment]) => all.replace(comment, '#'), text);
    const silenced = reported(fence, text);
    assert.deepEqual(
      reported(fence, without).filter((rule) => !named.includes(rule)),
      silenced,
    );
    for (const rule of named) {
      assert.ok(reported(fence, without).includes(rule), `${rule} is reported without it`);
      assert.ok(!silenced.includes(rule), `${rule} is not reported with it`);
    }
  });
});

test('comments of other tools silence what the page says', () => {
  const text = examples.find((example) => example.text.includes('kics-scan'))?.text ?? '';
  const comments = [...text.matchAll(/# (dclint|kics-scan) .*/g)].map(([comment]) => comment);
  assert.equal(comments.length, 3);
  for (const [index, rule] of [
    'compose/no-unbound-port',
    'compose/no-floating-image-tag',
    'compose/no-privileged',
  ].entries()) {
    assert.ok(!reported('yml', text).includes(rule), rule);
    assert.ok(reported('yml', text.replace(comments[index] ?? '', '#')).includes(rule), rule);
  }
});

test('in Dockerfiles, comments of hadolint and BuildKit are heard, by names that we know', () => {
  const names = Array.from(page.matchAll(/# (?:hadolint (?:global )?ignore|check=skip)=([\w,]+)/g))
    .flatMap(([, list = '']) => list.split(','))
    .filter((name) => /\d|[a-z]/.test(name));
  assert.ok(names.length >= 4);
  for (const name of names) assert.ok(resolveRuleId(name), name);
  const rule = resolveRuleId('DL3007');
  assert.ok(rule);
  const from = (comment: string) => reported('dockerfile', `${comment}\nFROM nginx:latest\n`);
  assert.ok(from('# a comment').includes(rule));
  assert.ok(!from('# hadolint ignore=DL3007').includes(rule));
  assert.ok(!from('# dockwright ignore=DL3007').includes(rule));
});
