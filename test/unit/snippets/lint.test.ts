/** Nobody gets an error or a warning for a snippet: the recommended rules say nothing against any of them in its place. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import type { Finding } from '../../../server/src/core/finding.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import type { FileFacts } from '../../../server/src/project/files.ts';
import { expanded, readSnippets, type Snippet } from './catalog.ts';
import { composeDocument, dockerfileDocument } from './document.ts';

const snippets = readSnippets();
const textOf = (prefix: string) => expanded(snippets.find((one) => one.prefix === prefix)!);

/** What lies beside the Compose file: the project that the snippets themselves make. */
const texts = new Map([
  ['/project/Dockerfile', `${textOf('dockerfile-go')}\n`],
  ['/project/.dockerignore', `${textOf('ignore-common')}\n`],
]);
const files: FileFacts = {
  readText: (path) => texts.get(path),
  kindOf: (path) => {
    if (path === '/project' || /\/(config|secrets)(\/[a-z]+)*$/.test(path)) return 'directory';
    // Configuration and secrets that snippets name are what their users have.
    return texts.has(path) || /\/config\/|secret/.test(path) ? 'file' : undefined;
  },
  list: (path) =>
    path === '/project'
      ? ['.dockerignore', 'Dockerfile'].map((name) => ({ name, kind: 'file' as const }))
      : [],
};

function check(snippet: Snippet) {
  const isCompose = snippet.language === 'dockercompose';
  return lint(
    {
      path: isCompose ? '/project/compose.yaml' : '/project/Dockerfile',
      text: isCompose ? composeDocument(snippet) : dockerfileDocument(snippet),
      language: isCompose ? 'compose' : 'dockerfile',
    },
    defaultSettings,
    files,
  );
}

describe.each(snippets.filter(({ language }) => language.startsWith('docker') && language !== 'dockerignore'))(
  '$prefix',
  (snippet) => {
    test('has no finding', () => {
      const { findings, crashes } = check(snippet);
      assert.deepEqual(crashes, []);
      assert.deepEqual(
        findings.filter(isSerious).filter(isOfSnippet).map(({ rule, message }) => `${rule}: ${message}`),
        [],
      );
    });
  },
);

/** What a fragment alone cannot have right (a network that nobody uses yet) is no more than a piece of information. */
const isSerious = ({ severity }: Finding): boolean => severity === 'error' || severity === 'warning';

test('the check would see a snippet that lacks something', () => {
  const whole = snippets.find(({ prefix }) => prefix === 'service-nginx')!;
  const lacking = {
    ...whole,
    body: whole.body
      .filter((line) => !line.includes('restart:'))
      .map((line) => line.replace('1.27.3-alpine', 'latest')),
  };
  assert.deepEqual(
    check(lacking).findings.map(({ rule }) => rule),
    // The check calls wget, which only the image on Alpine has.
    [
      'compose/require-restart-policy',
      'compose/no-floating-image-tag',
      'compose/no-impossible-healthcheck',
    ],
  );
});

/** The files that a snippet copies are what its users have. */
const isOfSnippet = ({ rule }: Finding): boolean => rule !== 'dockerfile/no-missing-copy-source';
