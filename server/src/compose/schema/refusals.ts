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

/**
 * The top level of one file: keys, sections and names in them, but nothing below the names of networks and the like. What
 * the roots `before` say stays where it says nothing; Compose judges the two together.
 */
export function schemaRefusalsOfRoot(
  root: Value,
  before: readonly Value[] = [],
): readonly Refusal[] {
  const walk: Walk = { trail: { service: undefined, section: undefined, path: [] }, refusals: [] };
  if (root.kind !== 'map') {
    walkValue(walk, root, rootShape, root);
    return walk.refusals;
  }
  for (const entry of root.entries) {
    const shape = isPassedOver(entry, before) ? undefined : shapeOfKey(walk, entry, rootShape);
    if (shape === undefined) continue;
    walk.trail.path.push(entry.key);
    if (SECTIONS.has(entry.key) && entry.value.kind === 'map') {
      walkNames(walk, entry.value, { shape, before: before.flatMap((one) => at(one, entry.key)) });
    } else walkValue(walk, entry.value, shape, placeOfKey(entry));
    walk.trail.path.pop();
  }
  return walk.refusals;
}

/** What is taken away may be called what it likes; Compose takes an include of nothing, and services in each file. */
function isPassedOver({ key, value }: Entry, before: readonly Value[]): boolean {
  if (value.tag === 'reset') return true;
  if (!isNull(value) || key === 'services') return false;
  return key === 'include' || before.some((one) => at(one, key).some(isMap));
}

interface Names {
  readonly shape: Shape;
  /** The same section in files before. */
  readonly before: readonly Value[];
}

/** Entries of sections are judged on their own; only what is no service at all is seen here. */
function walkNames(walk: Walk, section: MapValue, { shape, before }: Names): void {
  for (const entry of section.entries) {
    const { key, value } = entry;
    if (value.tag === 'reset') continue;
    const found = shapeOfKey(walk, entry, shape);
    if (found !== entryShapes.services || value.kind === 'map') continue;
    if (isNull(value) && before.some((one) => at(one, key).some(isMap))) continue;
    walk.trail.path.push(key);
    walkValue(walk, value, found, placeOfKey(entry));
    walk.trail.path.pop();
  }
}

const at = (value: Value, key: string): readonly Value[] => {
  const entry = value.kind === 'map' ? value.get(key) : undefined;
  return entry ? [entry.value] : [];
};

const isMap = ({ kind }: Value): boolean => kind === 'map';

function isNull(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}
