/** Ignore comments, as people write them and as the quick fixes do. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { applyEdits } from '../../../server/src/core/edit.ts';
import { ignoreHere, ignoreInFile } from '../../../server/src/core/suppression.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

const RULE = 'compose/require-restart-policy';

function linesReported(text: string, only = RULE): readonly number[] {
  const settings = { ...defaultSettings, only: new Set([only]) };
  const language = only.startsWith('dockerfile/') ? 'dockerfile' : 'compose';
  const { findings } = lint({ path: '/p/compose.yaml', text, language }, settings, memoryFiles({}));
  return findings.map(({ span }) => text.slice(0, span.start).split('\n').length);
}

const TWO = 'services:\n  a:\n    image: x:1\n  b:\n    image: y:1\n';

describe('ignore comments', () => {
  test('above the line, and blank lines and other comments between do not matter', () => {
    const text = TWO.replace(
      '  a:',
      `  # dockwright ignore=${RULE} -- it is a demo\n\n  # more\n  a:`,
    );
    assert.deepEqual(linesReported(text), [7]);
  });

  test('at the end of the line', () => {
    assert.deepEqual(linesReported(TWO.replace('a:', `a: # dockwright ignore=${RULE}`)), [4]);
  });

  test('for the whole file, several rules, and by the name of another tool in any case', () => {
    assert.deepEqual(
      linesReported(`# dockwright ignore-file=compose/require-healthcheck,${RULE}\n${TWO}`),
      [],
    );
    assert.deepEqual(linesReported(`# dockwright ignore-file=CIS:5.15\n${TWO}`), []);
    assert.deepEqual(linesReported(`# dockwright ignore-file=5.15\n${TWO}`), []);
  });

  test('another rule, or another word, silences nothing', () => {
    assert.deepEqual(
      linesReported(`# dockwright ignore-file=compose/require-healthcheck\n${TWO}`),
      [3, 5],
    );
    assert.deepEqual(linesReported(`# dockwrong ignore-file=${RULE}\n${TWO}`), [3, 5]);
  });

  test('a name that no rule has is told, with the nearest that one has', () => {
    const text = TWO.replace(
      '  a:',
      '  # dockwright ignore=compose/require-restart-polic,nonsense\n  a:',
    );
    const { findings } = lint(
      { path: '/p/compose.yaml', text, language: 'compose' },
      { ...defaultSettings, only: new Set([RULE]) },
      memoryFiles({}),
    );
    const told = findings.filter(({ rule }) => rule === 'project/unknown-ignore');
    assert.equal(told.length, 2);
    assert.match(
      told.map(({ message }) => message).join(' '),
      /Did you mean compose\/require-restart-policy\?/,
    );
    assert.deepEqual(linesReported(text), [2, 2, 3, 5]);
  });

  test('a Dockerfile has no comments at the end of a line', () => {
    const rule = 'dockerfile/require-non-root-user';
    assert.deepEqual(linesReported(`FROM a:1 # dockwright ignore=${rule}\n`, rule), [1]);
    assert.deepEqual(linesReported(`# dockwright ignore=DL3002\nFROM a:1\n`, rule), []);
  });
});

describe('the quick fixes write comments that work', () => {
  test('here, indented as the line is', () => {
    const text = applyEdits(TWO, [ignoreHere(TWO, TWO.indexOf('b:'), RULE)]);
    assert.match(
      text,
      /\n {2}# dockwright ignore=compose\/require-restart-policy -- reason: to be written\n {2}b:/,
    );
    assert.deepEqual(linesReported(text), [2]);
  });

  test('in the file, below the directives of a Dockerfile, with its line ends', () => {
    const text = '# syntax=docker/dockerfile:1\r\n# escape=`\r\nFROM a:1\r\n';
    const fixed = applyEdits(text, [ignoreInFile(text, 'dockerfile/require-non-root-user')]);
    assert.match(
      fixed,
      /^# syntax=.*\r\n# escape=`\r\n# dockwright ignore-file=.*\r\nFROM a:1\r\n$/,
    );
    assert.deepEqual(linesReported(fixed, 'dockerfile/require-non-root-user'), []);
    assert.deepEqual(linesReported(applyEdits(TWO, [ignoreInFile(TWO, RULE)])), []);
  });
});
