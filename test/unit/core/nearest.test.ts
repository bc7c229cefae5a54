/** "Did you mean": near words are found, far ones are not made up. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { nearest } from '../../../server/src/core/nearest.ts';

test.each([
  ['FORM', 'FROM'],
  ['COPPY', 'COPY'],
  ['health', undefined],
  ['copy', 'COPY'],
  ['xyz', undefined],
  ['', undefined],
])('%s → %s', (word, expected) =>
  assert.equal(nearest(word, ['FROM', 'COPY', 'HEALTHCHECK']), expected),
);
