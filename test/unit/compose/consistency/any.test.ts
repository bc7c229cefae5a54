/** Whatever stands in a file: nothing throws, and what is blamed lies inside of the text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { entryShapes, rootShape, type Shape } from '../../../../server/src/compose/schema/shape.ts';
import { readYaml } from '../schema/corpus.ts';
import { consistencyOf, schemaOf } from './refusals.ts';

const keys = [...keysOf(rootShape), ...keysOf(entryShapes.services), 'a', 'x-b', 'db', ''];

function keysOf(shape: Shape): readonly string[] {
  return [...shape.keys].flatMap(([key, child]) => [key, ...keysOf(child)]);
}

const scalar = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1.5,
    'a',
    'db',
    'a:b',
    'service:db',
    '8080:80',
    './x:/y',
    '5s',
    '1g',
    'no',
  ),
  fc.string({ maxLength: 8 }),
);

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 5 }),
  ),
}));

const services = fc.dictionary(
  fc.constantFrom('a', 'db', 'web', '5'),
  fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 8 }),
  { maxKeys: 4 },
);

test('any file', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        value,
        services.map((found) => ({ services: found })),
      ),
      (file) => {
        const root = readYaml(JSON.stringify(file));
        for (const { place, rename } of [...schemaOf(root), ...consistencyOf(root)]) {
          for (const { source, span } of rename ? [place, rename.place] : [place]) {
            assert.ok(span.start >= 0 && span.start <= span.end && span.end <= source.text.length);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
