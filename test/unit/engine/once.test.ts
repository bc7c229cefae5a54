/** What is written once and counts in many services is told once. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import type { Finding } from '../../../server/src/core/finding.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

function told(text: string, rule: string): readonly Finding[] {
  const settings = { ...defaultSettings, only: new Set([rule]) };
  const path = '/p/compose.yaml';
  return lint({ path, text, language: 'compose' }, settings, memoryFiles({ [path]: text }))
    .findings;
}

const services = (names: readonly string[]): string =>
  names.map((name) => `  ${name}:\n    <<: *base\n    image: x:1\n`).join('');
const text = (names: readonly string[]): string =>
  `x-base: &base\n  privileged: true\nservices:\n${services(names)}`;
const RULE = 'compose/no-privileged';

test('a value of an anchor is told once, for the first service, with the names of the others', () => {
  for (const [names, also] of [
    [['a'], undefined],
    [['a', 'b'], 'The same goes for service b.'],
    [['a', 'b', 'c', 'd'], 'The same goes for services b, c and d.'],
    [['a', 'b', 'c', 'd', 'e'], 'The same goes for services b, c and 2 more.'],
  ] as const) {
    const findings = told(text(names), RULE);
    assert.equal(findings.length, 1, also);
    assert.equal(findings[0]?.service, 'a');
    assert.match(findings[0].message, also === undefined ? /\S/ : new RegExp(`${also}$`));
  }
});

test('a list that goes on over 2000 services stays one finding', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `s${index}`);
  const [finding, ...others] = told(text(names), RULE);
  assert.deepEqual(others, []);
  assert.match(
    finding?.message ?? '',
    /services s1, s10 and 1997 more\.$|services s1, s2 and 1997 more\.$/,
  );
});

test('what each service says itself is told of each', () => {
  const own =
    'services:\n  a:\n    image: x:1\n    privileged: true\n  b:\n    image: x:1\n    privileged: true\n';
  assert.deepEqual(
    told(own, RULE).map(({ service }) => service),
    ['a', 'b'],
  );
  // The same in a file that is read in one piece.
  assert.deepEqual(
    told(`---\n${own}`, RULE).map(({ service, message }) => [
      service,
      message.includes('same goes'),
    ]),
    [
      ['a', false],
      ['b', false],
    ],
  );
});
