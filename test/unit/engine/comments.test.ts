/** Ignore comments in files that cannot be judged, and in files that can. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { defaultSettings, type Settings } from '../../../server/src/config/settings.ts';
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

test('and so may one in a file that is not checked', () => {
  assert.deepEqual(rulesIn(`${IGNORE}FROM x\0\n`), ['project/unchecked-file']);
});

test('a comment that silences nothing is told', () => {
  const labels =
    'LABEL org.opencontainers.image.title=a org.opencontainers.image.version=1 org.opencontainers.image.source=b\n';
  const dockerfile = `FROM alpine:3.20.3\n${labels}USER 10001\n`;
  assert.ok(rulesIn(IGNORE + dockerfile).includes('project/unused-ignore'));
  assert.ok(!rulesIn(dockerfile).includes('project/unused-ignore'));
});

describe('comments in Dockerfiles', () => {
  const RUN = 'RUN chmod 755 /a || true && \\\n  chown b /b || true\n';
  const ignored = (above: string, before = '') =>
    !rulesIn(`${before}FROM alpine:3.20.3\n${above}${RUN}USER 1\n`).includes(
      'dockerfile/no-ignored-failure',
    );
  const floats = (above: string, before = '') =>
    rulesIn(
      `${before}FROM alpine:3.20.3\n${above}COPY --from=nginx:latest /a /b\nUSER 1\n`,
    ).includes('dockerfile/no-floating-base-image');

  test('are for all lines of the instruction below', () => {
    assert.ok(!ignored(''));
    assert.ok(ignored('# dockwright ignore=dockerfile/no-ignored-failure -- a test\n'));
  });

  test('may be those of hadolint', () => {
    assert.ok(floats(''));
    assert.ok(!floats('# hadolint ignore=SC2046,DL3007\n'));
    assert.ok(!floats('#hadolint ignore = dl3006 , DL3007\n'));
    assert.ok(floats('# hadolint ignore=DL3008\n'));
    assert.ok(floats('RUN true\n', '# hadolint ignore=DL3007\n'));
    assert.ok(!floats('RUN true\n# hadolint global ignore=DL3007\n'));
  });
});

test('a directive of BuildKit skips its checks by name, or all of them', () => {
  const told = (directive: string) => {
    const text = `${directive}FROM alpine:3.22\nMAINTAINER me\nENV A b\nRUN x || true\nUSER 1\n`;
    return ['no-maintainer', 'no-legacy-assignment'].filter((name) =>
      rulesIn(text).includes(`dockerfile/${name}`),
    );
  };
  assert.deepEqual(told(''), ['no-maintainer', 'no-legacy-assignment']);
  assert.deepEqual(told('# check=skip=MaintainerDeprecated,JSONArgsRecommended\n'), [
    'no-legacy-assignment',
  ]);
  assert.deepEqual(told('# syntax=docker/dockerfile:1\n# check=error=true;skip=all\n'), []);
  assert.deepEqual(told('# a comment\n\n# x\n'), ['no-maintainer', 'no-legacy-assignment']);
});

test('so is one in an env file', () => {
  const files = memoryFiles({ '/p/compose.yaml': 'services: { a: { image: "a:${TAG}" } }\n' });
  const rulesOf = (text: string) =>
    lint({ path: '/p/.env', text, language: 'dotenv' }, defaultSettings, files).findings.map(
      ({ rule }) => rule,
    );
  const ignore = '# dockwright ignore-file=dotenv/no-duplicate-name -- a test\n';
  assert.deepEqual(rulesOf(`${ignore}TAG=1\n`), ['project/unused-ignore']);
  assert.deepEqual(rulesOf(`${ignore}TAG=1\nTAG=2\n`), []);
});

test('a comment is not told of where its rule failed: it may well silence something', () => {
  const settings = { ...defaultSettings, logging: undefined } as unknown as Settings;
  const text =
    '# dockwright ignore-file=compose/require-log-rotation -- a test\nservices:\n  a:\n    image: redis:7.2\n';
  const { findings, crashes } = lint(
    { path: '/p/compose.yaml', text, language: 'compose' },
    settings,
    memoryFiles({}),
  );
  assert.deepEqual(
    crashes.map(({ rule }) => rule),
    ['compose/require-log-rotation'],
  );
  assert.ok(!findings.some(({ rule }) => rule === 'project/unused-ignore'));
});
