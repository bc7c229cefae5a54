/** Whatever stands in the files: resolving ends, says something of every service, and keeps its time. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { refusals, resolving, services } from './resolving.ts';

const key = fc.constantFrom(
  'services',
  'networks',
  'volumes',
  'a',
  'b',
  'image',
  'extends',
  'include',
  'file',
  'service',
  'environment',
  'ports',
  'depends_on',
  'build',
  'args',
  'logging',
  'driver',
  'ipam',
  'config',
  'subnet',
  'labels',
  'extra_hosts',
  'env_file',
  'x-a',
  'name',
  'ulimits',
  'healthcheck',
  'test',
  'target',
  'published',
);

const scalar = fc.constantFrom(
  'a',
  'b',
  'A=b',
  '"80:80"',
  '80',
  'true',
  '~',
  '"${X:-d}"',
  '"${X"',
  '"$$"',
  'compose.yaml',
  './x:/y',
  '"::"',
  '1.5',
);

const tag = fc.constantFrom('', '', '', '', '!reset ', '!override ');

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc
    .tuple(
      tag,
      fc.oneof(
        { depthSize: 'small', maxDepth: 5 },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
        fc
          .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 4, selector: ([name]) => name })
          .map((pairs) => `{${pairs.map(([name, text]) => `${name}: ${text}`).join(', ')}}`),
      ),
    )
    .map((parts) => parts.join('')),
}));

const service = fc
  .uniqueArray(fc.tuple(key, value), { maxLength: 5, selector: ([name]) => name })
  .map((pairs) => `{${pairs.map(([name, text]) => `${name}: ${text}`).join(', ')}}`);

const file = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(service, service, service)
      .map(([a, b, rest]) => `services: {a: ${a}, b: ${b}}\nnetworks: {n: ${rest}}\n`),
  },
  { weight: 1, arbitrary: service },
  {
    weight: 1,
    arbitrary: fc.tuple(service, service).map((documents) => documents.join('\n---\n')),
  },
);

describe('any files', () => {
  test('never throw, and places lie inside of their texts', () => {
    fc.assert(
      fc.property(file, file, file, (base, override, other) => {
        const merged = resolving({
          'compose.yaml': base,
          'compose.override.yaml': override,
          a: other,
          b: `services: {a: {image: i}}\n`,
        });
        for (const { place } of merged.refusals) {
          assert.ok(place.span.start <= place.span.end);
          assert.ok(place.span.end <= place.source.text.length);
        }
        assert.ok(new Set(merged.refusals).size === merged.refusals.length);
        services(merged);
      }),
      { numRuns: 500 },
    );
  });

  test('what is laid over nothing changes only by what it takes away', () => {
    fc.assert(
      fc.property(service, (text) => {
        const files = { 'compose.yaml': `services: {a: ${text}}\n` };
        const alone = services(resolving(files));
        const over = services(
          resolving({ ...files, 'compose.override.yaml': 'services: {a: }\n' }),
        );
        assert.deepEqual(over, alone);
      }),
      { numRuns: 300 },
    );
  });
});

test('aliases inside aliases do not multiply', () => {
  const levels = Array.from(
    { length: 40 },
    (_, level) =>
      `  l${level + 1}: &l${level + 1} {a: *l${level}, b: *l${level}, c: [*l${level}]}\n`,
  );
  const text = (tagged: string): string =>
    `x-a:\n  l0: &l0 {v: "$X", w: ${tagged}}\n${levels.join('')}services:\n  a: {image: i, foo: *l40, deploy: *l40}\n`;
  const merged = resolving({
    'compose.yaml': text('!reset 1'),
    'compose.override.yaml': text('1').replace('image: i, ', ''),
  });
  assert.equal(merged.services.size, 1);
  const included = resolving({
    'compose.yaml': `include: [inc.yaml]\n${text('1')}`,
    'inc.yaml': text('1'),
  });
  assert.deepEqual(refusals(included), ['compose/include: a']);
});
