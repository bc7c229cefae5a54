/** Lays what a later file says over what an earlier one says, as Compose does. */
import type { Place } from '../../core/source.ts';
import { mapValue } from '../make.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, Item, MapValue, Scalar, SeqValue, Step, Value } from '../value.ts';
import {
  buildMap,
  hostItems,
  hostKey,
  itemsOf,
  keyedMap,
  listAt,
  namesMap,
  startedAt,
} from './convert.ts';
import { mapped } from './lists.ts';
import { mergePatterns, type Strategy } from './merge-table.ts';
import { below, type Pattern } from './pattern.ts';
import { isKeyedList, withoutResets } from './tags.ts';

/** One merge, and what it found wrong. */
interface Merging {
  /** How what is only in the earlier value got here; undefined where it simply stays. */
  readonly inherited: Step | undefined;
  readonly service: string | undefined;
  readonly refusals: Refusal[];
  /** Whether the earlier value is as it was written: in a list of names Compose finds none yet that it could reset. */
  readonly raw: boolean;
  /** How many values may still be looked into: aliases inside aliases multiply. */
  budget: number;
}

/** A hundred times what a large service has. */
const BUDGET = 20_000;

/** A merge that has found nothing wrong yet. */
export function merging(
  service: string | undefined,
  { inherited, raw = false }: Partial<Pick<Merging, 'inherited' | 'raw'>> = {},
): Merging {
  return { inherited, service, refusals: [], raw, budget: BUDGET };
}

type Rules = Pattern<Strategy> | undefined;

const serviceRules = below(below(mergePatterns, 'services'), '');

/** A service over what an earlier file, or the service that it extends, says of it. */
export function mergeService(base: MapValue, over: MapValue, merge: Merging): MapValue {
  return mergeMaps(base, over, serviceRules, merge);
}

/** An entry of a top-level section over an earlier one of that name; also a top-level key where `section` is undefined. */
export function mergeEntry(
  base: Entry,
  over: Entry,
  section: string | undefined,
  merge: Merging,
): Entry | undefined {
  const rules = section === undefined ? undefined : below(below(mergePatterns, section), '');
  return mergedEntry(base, over, rules, merge);
}

function mergeMaps(base: MapValue, over: MapValue, rules: Rules, merge: Merging): MapValue {
  const entries: Entry[] = [];
  for (const entry of base.entries) {
    const later = over.get(entry.key);
    const merged = later
      ? mergedEntry(entry, later, below(rules, entry.key), merge)
      : inherit(entry, merge);
    if (merged) entries.push(merged);
  }
  for (const entry of over.entries) {
    if (base.get(entry.key) || entry.value.tag === 'reset') continue;
    const value = withoutResets(entry.value);
    entries.push(value === entry.value ? entry : { ...entry, value });
  }
  return mapValue(over, entries, over);
}

function mergedEntry(base: Entry, over: Entry, rules: Rules, merge: Merging): Entry | undefined {
  const { tag } = over.value;
  if (tag === 'reset') return undefined;
  const replaced = over.key.startsWith('x-') || merge.budget-- <= 0;
  const value =
    tag === 'override'
      ? over.value
      : replaced
        ? withoutResets(over.value)
        : mergedValue(base.value, over.value, { rules, merge, from: base, at: over });
  if (value === base.value && value !== over.value) return inherit(base, merge);
  return { ...over, value, steps: [overriding(base), ...over.steps] };
}

function overriding({ source, keySpan }: Entry): Step {
  return { kind: 'override', at: { source, span: keySpan } };
}

/** What a strategy needs beside the two values. */
interface Context {
  readonly rules: Rules;
  readonly merge: Merging;
  readonly from: Entry;
  /** The later entry, which is to blame where the two do not fit. */
  readonly at: Entry;
}

type Merge = (base: Value, over: Value, context: Context) => Value;

function mergedValue(base: Value, over: Value, context: Context): Value {
  const strategy = context.rules?.data;
  if (strategy === 'replace') return withoutResets(over);
  // Nothing over something leaves it, and something over nothing has nothing to merge with.
  if (isNull(over)) return base;
  if (isNull(base)) return withoutResets(over);
  return (strategy === undefined ? plain : mergeBy[strategy])(base, over, context);
}

function isNull(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}

const mergeBy: Readonly<Record<Exclude<Strategy, 'replace'>, Merge>> = {
  keyed: (base, over, { from, merge }) => {
    if (base.kind !== 'map' && over.kind !== 'map') return appended(itemsOf(base), over, merge);
    const later = isKeyedList(from) ? withoutResets(over) : over;
    return mergeKeyed(keyedMap(base), keyedMap(later), merge);
  },
  list: (base, over, { merge }) => appended(itemsOf(base), over, merge),
  hosts: (base, over, { merge }) => mergeHosts(base, over, merge),
  names: (base, over, { rules, merge }) => {
    const later = asWritten(base, over, merge);
    return mergeMaps(namesMap(base), namesMap(later), rules, merge);
  },
  dependencies: (base, over, { rules, merge }) => {
    const later = asWritten(base, over, merge);
    return mergeMaps(namesMap(base, startedAt), namesMap(later, startedAt), rules, merge);
  },
  build: (base, over, context) => {
    const [earlier, later] = [buildMap(base), buildMap(asWritten(base, over, context.merge))];
    if (!earlier || !later) return plain(base, over, context);
    return mergeMaps(earlier, later, context.rules, context.merge);
  },
  logging: (base, over, context) => {
    if (base.kind !== 'map' || over.kind !== 'map') return plain(base, over, context);
    const [earlier, later] = [textAt(base, 'driver'), textAt(over, 'driver')];
    const other = earlier !== undefined && later !== undefined && earlier !== later;
    return other ? withoutResets(over) : plain(base, over, context);
  },
  subnets: (base, over, context) => {
    if (base.kind !== 'seq' || over.kind !== 'seq') return plain(base, over, context);
    return mergeSubnets(base, over, context.merge);
  },
};

function asWritten(base: Value, over: Value, { raw }: Merging): Value {
  return raw && base.kind !== 'map' ? withoutResets(over) : over;
}

function plain(base: Value, over: Value, { rules, merge, at }: Context): Value {
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(base, over, rules, merge);
  if (base.kind === 'seq' && over.kind === 'seq') return appended(base.items, over, merge);
  if (base.kind !== 'scalar') refuse(base, at, merge);
  return withoutResets(over);
}

const wordOf = { map: 'a mapping', seq: 'a list' } as const;

function refuse(base: MapValue | SeqValue, at: Entry, { refusals, service }: Merging): void {
  const what = wordOf[base.kind];
  const message = `${at.key} is ${what} where it is first written, and something else here, so Compose cannot merge the two. Write ${what} here, or replace it all with !override.`;
  const place: Place = { source: at.source, span: at.keySpan };
  const about = service === undefined ? {} : { service };
  refusals.push({ rule: 'compose/cannot-override', message, place, ...about });
}

/** A key without a value replaces one with a value: it is taken from the environment then. */
function mergeKeyed(base: MapValue, over: MapValue, merge: Merging): MapValue {
  const replace: Rules = { data: undefined, keys: new Map(), any: replacing };
  return mergeMaps(base, over, replace, merge);
}

const replacing: Pattern<Strategy> = { data: 'replace', keys: new Map(), any: undefined };

function appended(base: readonly Item[], over: Value, merge: Merging): SeqValue {
  const later = withoutResets(over);
  return listAt(over, [...inheritAll(base, merge), ...itemsOf(later)]);
}

function mergeHosts(base: Value, over: Value, merge: Merging): SeqValue {
  const earlier = inheritAll(hostItems(base), merge);
  const known = new Set(earlier.map(hostKey));
  const later = hostItems(withoutResets(over)).filter((item) => !known.has(hostKey(item)));
  return listAt(over, [...earlier, ...later]);
}

/** What is said of a subnet that the earlier file has too is added to it; the earlier file's others are gone. */
function mergeSubnets(base: SeqValue, over: SeqValue, merge: Merging): SeqValue {
  const earlier = new Map(base.items.map(({ value }) => [subnetOf(value), value]));
  const items = mapped(withoutResets(over).items, (item) => {
    const known = earlier.get(subnetOf(item.value));
    if (known?.kind !== 'map' || item.value.kind !== 'map') return item;
    return { ...item, value: mergeMaps(known, item.value, undefined, merge) };
  });
  return listAt(over, items);
}

function subnetOf(value: Value): string | undefined {
  return value.kind === 'map' ? textAt(value, 'subnet') : undefined;
}

function textAt(map: MapValue, key: string): string | undefined {
  const value: Scalar | MapValue | SeqValue | undefined = map.get(key)?.value;
  return value?.kind === 'scalar' && value.value !== null ? value.text : undefined;
}

function inherit(entry: Entry, { inherited }: Merging): Entry {
  return inherited ? { ...entry, steps: [inherited, ...entry.steps] } : entry;
}

function inheritAll(items: readonly Item[], { inherited }: Merging): readonly Item[] {
  if (!inherited) return items;
  return items.map((item) => ({ ...item, steps: [inherited, ...item.steps] }));
}
