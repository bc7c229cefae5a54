/** What a service that others share is said of stays as it is, while something else is edited. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryOf } from '../../../server/src/engine/memory.ts';
import { memoryFiles } from '../memory-files.ts';

test('a service with an anchor that others use is not judged again', () => {
  const files = memoryFiles({});
  const memory = memoryOf(files);
  const look = (image: string) => {
    const text = `services:\n  web: &web\n    image: nginx:1.27\n  worker: *web\n  other:\n    image: ${image}\n`;
    const input = { path: '/p/compose.yaml', text, language: 'compose' as const };
    lint(input, defaultSettings, files, { memory, isFresh: false });
    return memory.services.get('web');
  };
  const before = look('redis:7.2');
  assert.equal(before?.shared.length, 1);
  assert.equal(look('redis:7.4'), before);
});
