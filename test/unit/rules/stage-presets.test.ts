/** Rules about stages that report more in stricter presets. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import type { Preset } from '../../../server/src/core/rule.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

/** The texts that a rule points at. */
function reported(rule: string, text: string, preset: Preset): readonly string[] {
  const settings = { ...defaultSettings, preset, only: new Set([rule]) };
  const input = { path: '/shop/Dockerfile', text, language: 'dockerfile' } as const;
  return lint(input, settings, memoryFiles({})).findings.map(({ span }) =>
    text.slice(span.start, span.end),
  );
}

describe('dockerfile/no-unknown-stage', () => {
  const text =
    'FROM php:8.3\n' +
    ['buidl', 'composer', 'owner/image', 'composer:2', '$STAGE']
      .map((name) => `COPY --from=${name} /a /b\n`)
      .join('');

  test.each([
    ['recommended', []],
    ['strict', ['buidl', 'composer']],
    ['all', ['buidl', 'composer', 'owner/image']],
  ] as const)('in %s', (preset, expected) => {
    assert.deepEqual(reported('dockerfile/no-unknown-stage', text, preset), expected);
  });
});

describe('dockerfile/no-copy-over-root', () => {
  const text =
    'FROM alpine:3.20 AS files\nFROM debian:12.7-slim\nCOPY --from=files / /\nCOPY --from=tonistiigi/xx / /\n';

  test.each([
    ['recommended', []],
    ['strict', []],
    ['all', ['COPY --from=files / /', 'COPY --from=tonistiigi/xx / /']],
  ] as const)('in %s', (preset, expected) => {
    assert.deepEqual(reported('dockerfile/no-copy-over-root', text, preset), expected);
  });
});
