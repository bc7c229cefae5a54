/** What Compose refuses, `check` tells: each project of the oracle that is refused has an error in one of its files. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { type Input, lint } from '../../../server/src/engine/lint.ts';
import { diskFacts } from '../../../server/src/files/disk.ts';
import { readKnownDifferences } from '../../oracle/known.ts';
import { findProjects } from '../../oracle/projects.ts';
import { inputsOf } from './stack-inputs.ts';

const files = diskFacts();
const projects = findProjects('test/oracle/fixtures');
const refused = projects.filter(({ name }) => /^(refused|newer\/refused-)/.test(name));

/** A check is about files alone: that nobody sets a variable is no matter of theirs. */
const hangsOnTheProcess = [
  'refused/variable-cast-empty',
  'refused/variable-required-inside-default',
  'refused/variable-required-no-message',
  'refused/variable-required-question',
  'refused/variable-required-unset',
];

describe('what Compose refuses', () => {
  const isSilent = ({ folder }: { readonly folder: string }) =>
    inputsOf(folder).every((input) =>
      lint(input, defaultSettings, files).findings.every(({ severity }) => severity !== 'error'),
    );

  test('has an error somewhere, but for what hangs on the environment and what is known to differ', () => {
    const known = Object.keys(readKnownDifferences(resolve('.')));
    const silent = refused.filter(isSilent).map(({ name }) => name);
    assert.deepEqual(
      silent.filter((name) => !known.includes(name)),
      hangsOnTheProcess,
    );
  });

  test('names the file and its line where another file is to blame', () => {
    const told = (project: string) => {
      const path = resolve('test/oracle/fixtures/refused', project, 'compose.yaml');
      const input: Input = { path, language: 'compose', text: readFileSync(path, 'utf8') };
      return lint(input, defaultSettings, files)
        .findings.filter(({ severity }) => severity === 'error')
        .map(({ rule, message, span }) => [
          rule,
          input.text.slice(span.start, span.end),
          message.slice(0, message.indexOf(':')),
        ]);
    };
    assert.deepEqual(told('schema-in-included-file'), [
      ['compose/unknown-key', 'other.yaml', 'other.yaml, line 4'],
    ]);
    assert.deepEqual(told('include-cycle'), [
      ['compose/include', 'other.yaml', 'other.yaml, line 2'],
    ]);
    assert.deepEqual(told('extends-bad-yaml'), [
      ['compose/syntax', 'common.yaml', 'common.yaml, line 4'],
    ]);
    assert.deepEqual(told('extends-brings-undefined-volume'), [
      ['compose/undefined-volume', 'base', 'common.yaml, line 5'],
    ]);
  });
});
