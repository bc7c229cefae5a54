/** What a part of a Compose file looks like: how its canonical form is made, and how `docker compose config` prints it. */
import { mapValue, seqValue } from '../make.ts';
import type { Entry, Item, MapValue, Value } from '../value.ts';
import { looseValue } from './go-text.ts';
import type { Scope } from './scope.ts';

export type Format = 'json' | 'yaml';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Shape {
  /** The canonical form; the very same object where it already is canonical, undefined where Compose drops it. */
  readonly make: (value: Value, scope: Scope) => Value | undefined;
  readonly print: (value: Value, format: Format) => Json;
  /** Compose leaves such a value out of a mapping; never, where this is not given. */
  readonly isZero?: (value: Value, format: Format) => boolean;
  /** What Compose prints in a mapping that does not have the key; nothing, where this is not given. */
  readonly absent?: (format: Format) => Json | undefined;
}

export const isNull = (value: Value): boolean => value.kind === 'scalar' && value.value === null;

export const isEmpty = (value: Value): boolean =>
  value.kind === 'seq'
    ? value.items.length === 0
    : value.kind === 'map'
      ? value.entries.length === 0
      : value.value === null;

/** Printed even where it is empty, false or zero: Compose keeps such a value apart from none. */
export const kept = ({ make, print }: Shape): Shape => ({ make, print });

export interface Field {
  readonly shape: Shape;
  /** The key in JSON, where it is not the one of the file. */
  readonly json?: string;
}

type Fields = Readonly<Record<string, Shape | Field>>;

/** A mapping with known keys, printed in their order. Others are kept; those with `x-` are printed in YAML. */
export function record(fields: Fields): Shape {
  const known = new Map<string, Field>(
    Object.entries(fields).map(([key, field]) => [
      key,
      'shape' in field ? field : { shape: field },
    ]),
  );
  return {
    make: (value, scope) =>
      value.kind === 'map'
        ? mapped(value, (entry) => known.get(entry.key)?.shape.make(entry.value, scope), known)
        : value,
    print: (value, format) => printRecord(known, value, format),
    isZero: isNull,
  };
}

function printRecord(known: ReadonlyMap<string, Field>, value: Value, format: Format): Json {
  if (value.kind !== 'map') return printAny(value);
  const printed: Record<string, Json> = {};
  for (const [key, field] of known) {
    const json = printField(field.shape, value.get(key)?.value, format);
    if (json !== undefined) printed[format === 'json' ? (field.json ?? key) : key] = json;
  }
  if (format === 'yaml') Object.assign(printed, printExtensions(value.entries));
  return printed;
}

function printField(shape: Shape, value: Value | undefined, format: Format): Json | undefined {
  const isAbsent = !value || isNull(value) || shape.isZero?.(value, format) === true;
  return isAbsent ? shape.absent?.(format) : shape.print(value, format);
}

export function printExtensions(entries: readonly Entry[]): Readonly<Record<string, Json>> {
  const own = entries.filter(({ key }) => key.startsWith('x-'));
  return sorted(own.map(({ key, value }) => [key, printLoose(value)]));
}

/** What Compose does not look into: numbers stay numbers. */
function printLoose(value: Value): Json {
  if (value.kind === 'scalar') return looseValue(value);
  if (value.kind === 'seq') return value.items.map((item) => printLoose(item.value));
  return sorted(value.entries.map((entry) => [entry.key, printLoose(entry.value)]));
}

/** Every value through `make`, null ones left alone; the same map where all stay the same. */
export function mapped(
  map: MapValue,
  make: (entry: Entry) => Value | undefined,
  only?: ReadonlyMap<string, unknown>,
): MapValue {
  let changed: Entry[] | undefined;
  map.entries.forEach((entry, index) => {
    const skip = isNull(entry.value) || (only && !only.has(entry.key));
    const value = skip ? entry.value : make(entry);
    if (value !== entry.value) changed ??= map.entries.slice(0, index);
    if (value && changed) changed.push(value === entry.value ? entry : { ...entry, value });
  });
  return changed ? withEntries(map, changed) : map;
}

export const withEntries = (map: MapValue, entries: readonly Entry[]): MapValue =>
  mapValue(map, entries, map);

/** The map with an entry put in the place of the one with its key, or at its end. */
export function withEntry(map: MapValue, entry: Entry): MapValue {
  const at = map.entries.findIndex(({ key }) => key === entry.key);
  return withEntries(
    map,
    at < 0
      ? [...map.entries, entry]
      : map.entries.map((old, index) => (index === at ? entry : old)),
  );
}

/** A mapping whose keys the user chooses; printed in the order of the alphabet. */
export function each(shape: Shape): Shape {
  return {
    make: (value, scope) =>
      value.kind === 'map' ? mapped(value, (entry) => shape.make(entry.value, scope)) : value,
    print: (value, format) =>
      value.kind === 'map'
        ? sorted(
            value.entries.map((entry) => [
              entry.key,
              isNull(entry.value) ? null : shape.print(entry.value, format),
            ]),
          )
        : printAny(value),
    isZero: isEmpty,
  };
}

/** A list of values of one shape. */
export function list(shape: Shape): Shape {
  return {
    make: (value, scope) =>
      value.kind === 'seq' ? listed(value.items, value, (item) => one(shape, item, scope)) : value,
    print: (value, format) =>
      value.kind === 'seq'
        ? value.items.map((item) => shape.print(item.value, format))
        : printAny(value),
    isZero: isEmpty,
  };
}

function one(shape: Shape, item: Item, scope: Scope): readonly Item[] {
  const value = shape.make(item.value, scope);
  if (!value) return [];
  return [value === item.value ? item : { ...item, value }];
}

/** The list with each item replaced by those that `make` gives for it; the same list where all stay the same. */
export function listed(
  items: readonly Item[],
  list: Value,
  make: (item: Item) => readonly Item[],
): Value {
  let changed: Item[] | undefined;
  items.forEach((item, index) => {
    const made = make(item);
    if (made.length !== 1 || made[0] !== item) changed ??= items.slice(0, index);
    changed?.push(...made);
  });
  if (!changed && list.kind === 'seq') return list;
  return seqValue(list, changed ?? items, list.kind === 'seq' ? list : {});
}

/** Whatever it is, as it stands. */
export const anything: Shape = { make: (value) => value, print: printAny, isZero: isNull };

export function printAny(value: Value): Json {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'seq') return value.items.map((item) => printAny(item.value));
  return sorted(value.entries.map((entry) => [entry.key, printAny(entry.value)]));
}

/** In the order in which Compose prints mappings whose keys the user chose. */
export function sorted(
  pairs: readonly (readonly [string, Json])[],
): Readonly<Record<string, Json>> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
