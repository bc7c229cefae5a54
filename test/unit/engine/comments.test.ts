/** Ignore comments in files that cannot be judged, and in files that can. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

const IGNORE = '# dockwright ignore-file=dockerfile/require-oci-labels -- a test\n';

const rulesIn = (text: string): readonly string[] =>
  lint(
    { path: '/p/Dockerfile', text, language: 'dockerfile' },
    defaultSettings,
    memoryFiles({}),
  ).findings.map(({ rule }) => rule);

test('a comment in a file with a mistake of syntax may well silence something', () => {
  assert.deepEqual([...new Set(rulesIn(`${IGNORE}FORM x\n`))], ['dockerfile/syntax']);
});

test('a comment that silences nothing is told', () => {
  const labels =
    'LABEL org.opencontainers.image.title=a org.opencontainers.image.version=1 org.opencontainers.image.source=b\n';
  const dockerfile = `FROM alpine:3.20.3\n${labels}USER 10001\n`;
  assert.ok(rulesIn(IGNORE + dockerfile).includes('project/unused-ignore'));
  assert.ok(!rulesIn(dockerfile).includes('project/unused-ignore'));
});
