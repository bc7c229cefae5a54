/** Rules about package managers that report more in stricter presets. */
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

describe.each([
  [
    'dockerfile/clean-package-lists',
    'FROM fedora:41 AS base\nRUN dnf install -y git\nFROM base AS build\nRUN yum install -y gcc\nFROM debian:12.7-slim\nRUN apt-get update\n',
    [],
    ['dnf install', 'apt-get update'],
  ],
  [
    'dockerfile/no-apk-cache',
    'FROM alpine:3.20 AS build\nRUN apk add gcc\nFROM alpine:3.20\n',
    [],
    ['apk add'],
  ],
  ['dockerfile/prefer-apt-get', 'FROM debian:12.7-slim\nRUN apt list\n', [], ['apt']],
  [
    'dockerfile/update-with-install',
    'FROM fedora:41\nRUN dnf makecache\nRUN yum update -y\n',
    [],
    ['dnf makecache'],
  ],
])('%s', (rule, text, mild, strict) => {
  test.each([
    ['recommended', mild],
    ['strict', strict],
    ['all', strict],
  ] as const)('in %s', (preset, expected) => {
    assert.deepEqual(reported(rule, text, preset), expected);
  });
});
