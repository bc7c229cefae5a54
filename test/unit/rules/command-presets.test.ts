/** Rules about commands that report more in stricter presets. */
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

describe('dockerfile/require-pipefail', () => {
  const text =
    'FROM debian:12.7-slim\nRUN ls | wc -l\nRUN (curl -f a) | sudo tar -x\nRUN echo "a | b"\n';

  test.each([
    ['recommended', ['curl -f a) | sudo tar']],
    ['strict', ['ls | wc', 'curl -f a) | sudo tar']],
    ['all', ['ls | wc', 'curl -f a) | sudo tar']],
  ] as const)('in %s', (preset, expected) => {
    assert.deepEqual(reported('dockerfile/require-pipefail', text, preset), expected);
  });
});

describe('dockerfile/no-unpinned-go-module', () => {
  const text =
    'FROM golang:1.23\nCOPY . .\nRUN go install example.com/a && go install example.com/b@latest\n';

  test.each([
    ['strict', ['example.com/b@latest']],
    ['all', ['example.com/a', 'example.com/b@latest']],
  ] as const)('in %s', (preset, expected) => {
    assert.deepEqual(reported('dockerfile/no-unpinned-go-module', text, preset), expected);
  });
});
