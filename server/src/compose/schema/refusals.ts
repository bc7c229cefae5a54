/** What the schema has against a project: per service, per entry of another section, and per file. */
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue, Value } from '../value.ts';
import { entryShapes, rootShape, type Section, type Shape } from './shape.ts';
import { placeOfKey, shapeOfKey, type Walk, walkValue } from './walk.ts';

const SECTIONS: ReadonlySet<string> = new Set(Object.keys(entryShapes));

/** One service after everything was merged into it. A pure function of the mapping and the name: to be kept with them. */
export function schemaRefusalsOfService(map: MapValue, name: string): readonly Refusal[] {
  const walk: Walk = { trail: { service: name, section: 'services', path: [] }, refusals: [] };
  walkValue(walk, map, entryShapes.services, map);
  return walk.refusals;
}

/** One network, volume, secret, config or model, with its name as key. */
export function schemaRefusalsOfTop(
  section: Exclude<Section, 'services'>,
  entry: Entry,
): readonly Refusal[] {
  // Names that networks cannot have are no networks: Compose does not look at them.
  if (rootShape.keys.get(section)?.other?.name.test(entry.key) !== true) return [];
  const walk: Walk = {
    trail: { service: undefined, section, path: [section, entry.key] },
    refusals: [],
  };
  walkValue(walk, entry.value, entryShapes[section], placeOfKey(entry));
  return walk.refusals;
}

/** The top level of one file: keys, sections and names in them, but nothing below the names of networks and the like. */
export function schemaRefusalsOfRoot(root: Value): readonly Refusal[] {
  const walk: Walk = { trail: { service: undefined, section: undefined, path: [] }, refusals: [] };
  if (root.kind !== 'map') {
    walkValue(walk, root, rootShape, root);
    return walk.refusals;
  }
  for (const entry of root.entries) {
    // What is taken away may be called what it likes, and Compose takes an include of nothing.
    const isNothing =
      entry.value.tag === 'reset' || (entry.key === 'include' && isNull(entry.value));
    const shape = isNothing ? undefined : shapeOfKey(walk, entry, rootShape);
    if (shape === undefined) continue;
    walk.trail.path.push(entry.key);
    if (SECTIONS.has(entry.key) && entry.value.kind === 'map') {
      walkNames(walk, entry.value, shape);
    } else walkValue(walk, entry.value, shape, placeOfKey(entry));
    walk.trail.path.pop();
  }
  return walk.refusals;
}

/** Entries of sections are judged on their own; only what is no service at all is seen here. */
function walkNames(walk: Walk, section: MapValue, shape: Shape): void {
  for (const entry of section.entries) {
    if (entry.value.tag === 'reset') continue;
    const found = shapeOfKey(walk, entry, shape);
    if (found !== entryShapes.services || entry.value.kind === 'map') continue;
    walk.trail.path.push(entry.key);
    walkValue(walk, entry.value, found, placeOfKey(entry));
    walk.trail.path.pop();
  }
}

function isNull(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}
