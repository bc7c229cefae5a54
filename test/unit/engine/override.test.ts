/** Files that are laid over others: what is missing in them is in the base, and what is wrong in them is wrong all the same. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

const base = 'services:\n  web:\n    image: nginx:1.27.3\n    restart: always\n';
const over =
  'services:\n  web:\n    build: .\n    environment: {DB_PASSWORD: abc}\n  extra:\n    image: redis:7.2\n';

function rulesIn(
  name: string,
  files: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> {
  const path = `/p/${name}`;
  const input = { path, text: files[path] ?? '', language: 'compose' as const };
  const found = new Map<string, string[]>();
  for (const { rule, service = '' } of lint(input, defaultSettings, memoryFiles(files)).findings) {
    found.set(service, [...(found.get(service) ?? []), rule]);
  }
  return found;
}

test.each(['compose.override.yaml', 'compose.prod.yaml'])(
  '%s: services of the base are pieces here',
  (name) => {
    const found = rulesIn(name, {
      '/p/compose.yaml': base,
      [`/p/${name}`]: over,
      '/p/Dockerfile': 'FROM nginx:1.27.3\n',
    });
    // What the base says counts, and what is built is said here.
    assert.deepEqual(found.get('web'), [
      'project/require-dockerignore',
      'compose/no-default-password',
    ]);
    assert.ok((found.get('extra')?.length ?? 0) >= 4);
  },
);

test('an override file without a base, and a file that is its own base', () => {
  const alone = rulesIn('compose.override.yaml', { '/p/compose.override.yaml': over });
  assert.deepEqual([...alone.keys()], ['web']);
  const own = rulesIn('compose.prod.yaml', { '/p/compose.prod.yaml': over });
  assert.ok(own.get('extra')?.includes('compose/require-resource-limits'));
});
