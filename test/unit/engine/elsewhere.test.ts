/** What is wrong in other files is told where the checked one brings them in. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

/** Errors of the first file: rule, the text that they stand on, message. */
function errorsIn(texts: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  const [path = '', text = ''] = Object.entries(texts)[0] ?? [];
  const report = lint({ path, text, language: 'compose' }, defaultSettings, memoryFiles(texts));
  assert.deepEqual(report.crashes, []);
  return report.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, span, message }) => [rule, text.slice(span.start, span.end), message]);
}

test('an included file leads to another one', () => {
  const errors = errorsIn({
    '/p/compose.yaml': 'include: [parts/a.yaml]\n',
    '/p/parts/a.yaml': 'include: [b.yaml]\n',
    '/p/parts/b.yaml': 'services:\n  web: { image: a, restrat: no }\n  db: { imgae: b }\n',
  });
  assert.deepEqual(
    errors.map(([rule, at]) => [rule, at]),
    [
      ['compose/no-image-or-build', 'parts/a.yaml'],
      ['compose/unknown-key', 'parts/a.yaml'],
    ],
  );
  assert.match(errors[1]?.[2] ?? '', /^parts\/b\.yaml, line 2: restrat .* 1 more there\.$/);
});

test('each service names the file that it extends', () => {
  const errors = errorsIn({
    '/p/compose.yaml':
      'services:\n  a: { extends: { file: base.yaml, service: one } }\n  b: { extends: { file: base.yaml, service: two } }\n',
    '/p/base.yaml':
      'services:\n  one: { extends: { file: root.yaml, service: three } }\n  two: { image: b, restrat: no }\n',
    '/p/root.yaml': 'services:\n  three: { image: a, imgae: b }\n',
  });
  assert.deepEqual(
    errors.map(([, at, message]) => [at, message?.slice(0, message.indexOf(':'))]),
    [
      ['one', 'root.yaml, line 2'],
      ['two', 'base.yaml, line 3'],
    ],
  );
});

test('what is only a matter of style there is told there', () => {
  const errors = errorsIn({
    '/p/compose.yaml': 'include: [a.yaml]\n',
    '/p/a.yaml': 'services:\n  web: { image: a, privileged: true }\n',
  });
  assert.deepEqual(errors, []);
});

test('the other file of a project tells its mistakes itself', () => {
  const override = 'services:\n  web: { restrat: no }\n';
  const texts = { '/p/compose.yaml': 'services:\n  web: { image: a }\n' };
  assert.deepEqual(errorsIn({ ...texts, '/p/compose.override.yaml': override }), []);
  const itself = errorsIn({ '/p/compose.override.yaml': override, ...texts });
  assert.deepEqual(
    itself.map(([rule]) => rule),
    ['compose/unknown-key'],
  );
});
