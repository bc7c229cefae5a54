/** The table that is walked is made from the schema. UPDATE=1 writes it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { tableText } from '../../../../server/src/compose/schema/compile.ts';
import { refinements } from '../../../../server/src/compose/schema/refinements.ts';
import { rootShape, type Shape } from '../../../../server/src/compose/schema/shape.ts';

const TABLE = 'server/src/compose/schema/table.ts';

test('table.ts is what the schema says', () => {
  const made = tableText(
    JSON.parse(readFileSync('server/src/compose/schema/compose-spec.json', 'utf8')),
  );
  if (process.env['UPDATE'] === '1') writeFileSync(TABLE, made);
  assert.equal(readFileSync(TABLE, 'utf8'), made);
});

test('each refinement is about a place that the schema has', () => {
  for (const path of refinements.keys()) assert.ok(shapeAt(path), path);
});

function shapeAt(path: string): Shape | undefined {
  return path.split('.').reduce<Shape | undefined>((shape, part) => {
    if (part === '[]') return shape?.items;
    return part === '*' ? shape?.other?.shape : shape?.keys.get(part);
  }, rootShape);
}
