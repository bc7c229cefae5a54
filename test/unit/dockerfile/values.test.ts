/** Rules about variables, labels and keywords that look at more in the larger presets, and what they never say. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import type { Preset } from '../../../server/src/core/rule.ts';
import { isOneSlip } from '../../../server/src/dockerfile/slip.ts';
import { requoted } from '../../../server/src/dockerfile/requote.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

/** The messages of one rule for the lines of a stage. */
function messages(rule: string, preset: Preset, ...lines: readonly string[]): readonly string[] {
  const text = ['FROM debian:12.7-slim', ...lines, ''].join('\n');
  const settings = { ...defaultSettings, preset, only: new Set([`dockerfile/${rule}`]) };
  const input = { path: '/shop/Dockerfile', text, language: 'dockerfile' } as const;
  return lint(input, settings, memoryFiles({})).findings.map(({ message }) => message);
}

const counts = (rule: string, ...lines: readonly string[]): readonly number[] =>
  (['recommended', 'strict', 'all'] as const).map(
    (preset) => messages(rule, preset, ...lines).length,
  );

test('names that sound like secrets are reported the more, the larger the preset is', () => {
  const rule = 'no-secret-in-arg-or-env';
  assert.deepEqual(counts(rule, 'ENV DB_PASSWORD=correct'), [1, 1, 1]);
  assert.deepEqual(counts(rule, 'ARG NPM_TOKEN'), [0, 1, 1]);
  assert.deepEqual(counts(rule, 'ENV AUTH=true'), [0, 1, 1]);
  assert.deepEqual(counts(rule, 'ENV API_TOKEN_FILE=/run/secrets/token'), [0, 0, 1]);
  assert.deepEqual(counts(rule, 'ARG GOPRIVATE'), [0, 0, 1]);
  assert.deepEqual(counts(rule, 'ENV MONKEY=1'), [0, 0, 0]);
});

test('a secret is never told, in none of the messages', () => {
  const lines = ['ARG TOKEN=correct-horse', 'ENV PASSWORD=correct-horse', 'RUN echo $TOKEN'];
  for (const preset of ['recommended', 'all'] as const) {
    const told = messages('no-secret-in-arg-or-env', preset, ...lines);
    assert.equal(told.length, 2);
    assert.ok(!told.join('').includes('correct'));
  }
});

test('a variable that the base image may define is reported in the strict preset', () => {
  const rule = 'no-undefined-variable';
  assert.deepEqual(counts(rule, 'WORKDIR /srv/$SHOP'), [0, 1, 1]);
  assert.deepEqual(counts(rule, 'WORKDIR $HOME'), [0, 0, 0]);
  assert.deepEqual(counts(rule, 'ENV PLUGINS=$PLUGINS:/srv'), [0, 0, 1]);
  const told = messages(rule, 'strict', 'ENV APP_FOLDER=/srv', 'WORKDIR $APP_FLODERS');
  assert.match(told.join('\n'), /did you mean APP_FOLDER\?$/);
});

test('a keyword in another case than most is reported in the strict preset', () => {
  const rule = 'consistent-keyword-casing';
  assert.deepEqual(counts(rule, 'copy a /srv/', 'CMD true'), [0, 1, 1]);
  assert.deepEqual(counts(rule, 'Copy a /srv/', 'CMD true'), [1, 1, 1]);
});

test('labels may have underscores and slashes, but in the preset of all', () => {
  const rule = 'valid-label-name';
  // The rule is named alone, so that it runs in all presets.
  assert.deepEqual(counts(rule, 'LABEL build_date=x example.com/name=y 3d=z'), [0, 0, 3]);
  assert.deepEqual(counts(rule, 'LABEL Build=x'), [1, 1, 1]);
});

test.each([
  ['SOURCE', 'SUORCE', true],
  ['SOURCE', 'SOURCES', true],
  ['SOURCE', 'OURCE', true],
  ['SOURCE', 'source', true],
  ['SOURCE', 'SOLRCE', true],
  ['SOURCE', 'SALTCE', false],
  ['SOURCE', 'SOURCE', false],
  ['PORT1', 'PORT2', false],
  ['UID', 'GID', false],
])('%s and %s are one slip apart: %s', (a, b, expected) => {
  assert.equal(isOneSlip(a, b), expected);
});

test.each([
  ['/srv/app', '/srv/app'],
  ['"a b"', '"a b"'],
  ['a b', '"a b"'],
  [String.raw`a\ b`, String.raw`a\ b`],
  [`it's`, undefined],
  [`a 'b "c" $d'`, String.raw`"a b \"c\" \$d"`],
  ['a ${B:-c d}', undefined],
  [`a $B"c"`, undefined],
  ['a ${B}"c"', '"a ${B}c"'],
])('the value %s becomes the word %s', (value, expected) => {
  assert.equal(requoted(value, '\\'), expected);
});
