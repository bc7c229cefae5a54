/** What a rule makes of its check, and of what it would add elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defineRule } from '../../../server/src/core/rule.ts';

const meta = {
  summary: 'Be even.',
  why: 'Because.',
  fix: 'Nothing.',
  severity: 'hint',
  preset: 'all',
  since: '0.0.0',
  aliases: [],
  examples: [],
} as const;

const rule = defineRule<number, undefined>({
  id: 'test/even',
  meta,
  *check(number) {
    if (number % 2 !== 0) yield { span: { start: 0, end: 1 }, message: 'odd', data: undefined };
  },
  fix: {
    safety: 'safe',
    build: () => undefined,
    addition: () => ({ path: [], lines: [['even', 'true']], says: 'even' }) as never,
  },
});

test('a rule that finds nothing reports nothing and adds nothing', () => {
  assert.deepEqual(rule.run(2), []);
  assert.equal(rule.additionFor?.(2), undefined);
  assert.deepEqual(
    rule.run(3).map(({ span, message, fix }) => ({ span, message, fix })),
    [{ span: { start: 0, end: 1 }, message: 'odd', fix: undefined }],
  );
  assert.ok(rule.additionFor?.(3));
});
