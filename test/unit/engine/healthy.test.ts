/** Well-kept stacks: the recommended preset has nothing to say of them that is an error or a warning. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { linesOf } from '../../../server/src/core/span.ts';
import { type Input, lint } from '../../../server/src/engine/lint.ts';
import { diskFacts } from '../../../server/src/files/disk.ts';
import { inputsOf } from './stack-inputs.ts';

const STACKS = 'test/fixtures/healthy';
const files = diskFacts();

/** Each as one line; what is worth doing but no mistake is left out. */
function complaintsOf(folder: string, input: Input): readonly string[] {
  const { findings, crashes } = lint(input, defaultSettings, files);
  assert.deepEqual(crashes, []);
  const { positionAt } = linesOf(input.text);
  return findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, message, span }) => {
      const line = positionAt(span.start).line + 1;
      return `${relative(folder, input.path)}:${String(line)} ${rule}: ${message}`;
    });
}

describe('well-kept stacks', () => {
  const folders = readdirSync(STACKS);

  test('there are enough of them to tell', () => {
    assert.ok(folders.length >= 20);
    assert.equal(defaultSettings.preset, 'recommended');
  });

  test.each(folders)('%s', (name) => {
    const folder = resolve(join(STACKS, name));
    const inputs = inputsOf(folder);
    assert.ok(inputs.some(({ language }) => language === 'compose'));
    assert.deepEqual(
      inputs.flatMap((input) => complaintsOf(folder, input)),
      [],
    );
  });
});
