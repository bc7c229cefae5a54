/** Looks into merged values, short forms as they are written. */
import type { Place } from '../../core/source.ts';
import type { MapValue, Scalar, Value } from '../value.ts';

/** A name that a service writes down. */
export interface Named {
  readonly name: string;
  /** The whole text that holds the name. */
  readonly text: string;
  readonly place: Place;
  /** Undefined where the text came from variables, so that it must not be rewritten. */
  readonly rewritable: boolean;
}

/** The value below some keys, each but the last a mapping. */
export function at(map: MapValue, ...keys: readonly string[]): Value | undefined {
  let value: Value | undefined = map;
  for (const key of keys) value = value?.kind === 'map' ? value.get(key)?.value : undefined;
  return value;
}

export function mapAt(map: MapValue, ...keys: readonly string[]): MapValue | undefined {
  const value = at(map, ...keys);
  return value?.kind === 'map' ? value : undefined;
}

/** A scalar that says something: neither null nor a variable that nothing sets. */
export function scalarAt(map: MapValue, ...keys: readonly string[]): Scalar | undefined {
  const value = at(map, ...keys);
  return isKnown(value) ? value : undefined;
}

export function isKnown(value: Value | undefined): value is Scalar {
  return value?.kind === 'scalar' && value.value !== null && value.open.length === 0;
}

/** The items of a list, or the only one where it is written without brackets. */
export function itemsAt(map: MapValue, ...keys: readonly string[]): readonly Value[] {
  const value = at(map, ...keys);
  if (value?.kind === 'seq') return value.items.map((item) => item.value);
  return value?.kind === 'scalar' ? [value] : [];
}

/** Names in a list, or the keys of a mapping: one that starts with `x-` is a name like any other here. */
export function namesAt(map: MapValue, ...keys: readonly string[]): readonly Named[] {
  const value = at(map, ...keys);
  if (value?.kind !== 'map')
    return itemsAt(map, ...keys)
      .filter(isKnown)
      .map(namedBy);
  return value.entries.map(({ key, source, keySpan }) => ({
    name: key,
    text: key,
    place: { source, span: keySpan },
    rewritable: true,
  }));
}

export function namedBy(scalar: Scalar): Named {
  const { text, template } = scalar;
  return { name: text, text, place: placeOf(scalar), rewritable: template === undefined };
}

export function placeOf({ source, span }: Value): Place {
  return { source, span };
}

/** The key of an entry, to blame for the whole of it; or the mapping where it has none. */
export function keyPlace(map: MapValue, key: string): Place {
  const entry = map.get(key);
  return entry ? { source: entry.source, span: entry.keySpan } : placeOf(map);
}
