/** `!reset` and `!override`: what they take away, from what is written with them and from what came before. */
import { mapValue, seqValue } from '../make.ts';
import type { Entry, MapValue, Value } from '../value.ts';
import { flatMapped } from './lists.ts';
import { mergePatterns, type Strategy } from './merge-table.ts';
import { below, type Pattern } from './pattern.ts';

/** The value without what `!reset` stands at; the same object where there is none. */
export function withoutResets<T extends Value>(value: T): T {
  return stripped(value, new Map()) as T;
}

/** What several aliases share is looked through once: aliases inside aliases multiply. */
function stripped(value: Value, seen: Map<Value, Value>): Value {
  // Compose looks no further below `!override`: all that is written there counts.
  if (value.kind === 'scalar' || value.tag === 'override') return value;
  const known = seen.get(value);
  if (known) return known;
  const clean = value.kind === 'map' ? strippedMap(value, seen) : strippedSeq(value, seen);
  seen.set(value, clean);
  return clean;
}

function strippedMap(value: MapValue, seen: Map<Value, Value>): MapValue {
  const entries = flatMapped(value.entries, (entry) => without(entry, seen));
  return entries === value.entries ? value : mapValue(value, entries, value);
}

function strippedSeq(value: Value & { kind: 'seq' }, seen: Map<Value, Value>): Value {
  const items = flatMapped(value.items, (item) => without(item, seen));
  return items === value.items ? value : seqValue(value, items, value);
}

function without<T extends { readonly value: Value }>(
  holder: T,
  seen: Map<Value, Value>,
): T | undefined {
  if (holder.value.tag === 'reset') return undefined;
  const value = stripped(holder.value, seen);
  return value === holder.value ? holder : { ...holder, value };
}

/** A service, as earlier files have it, without what a later one resets. */
export function resetService(target: MapValue, by: MapValue): MapValue {
  return resetMap(target, by, below(below(mergePatterns, 'services'), ''));
}

function resetMap(
  target: MapValue,
  by: MapValue,
  patterns: Pattern<Strategy> | undefined,
): MapValue {
  const entries = flatMapped(target.entries, (entry) => {
    const reset = by.get(entry.key);
    return reset === undefined ? entry : resetEntry(entry, reset, below(patterns, entry.key));
  });
  return entries === target.entries ? target : mapValue(target, entries, target);
}

/**
 * Whether Compose has a list of `KEY=value` at an entry by now: where one is written, and where two were merged. It finds
 * no key in it that it could reset.
 */
export function isKeyedList({ value, steps }: Entry): boolean {
  if (value.kind !== 'map') return true;
  return value.tag !== 'override' && steps.some(({ kind }) => kind === 'override');
}

function resetEntry(
  entry: Entry,
  { value: by }: Entry,
  patterns: Pattern<Strategy> | undefined,
): Entry | undefined {
  if (by.tag === 'reset') return undefined;
  if (by.tag === 'override' || by.kind !== 'map') return entry;
  if (patterns?.data === 'keyed' && isKeyedList(entry)) return entry;
  const value = resetValue(entry.value, by, patterns);
  return value === undefined || value === entry.value ? value && entry : { ...entry, value };
}

function resetValue(
  target: Value,
  by: MapValue,
  patterns: Pattern<Strategy> | undefined,
): Value | undefined {
  if (target.kind === 'map') return resetMap(target, by, patterns);
  const isReset = (key: string): boolean => by.get(key)?.value.tag === 'reset';
  const strategy = patterns?.data;
  if (strategy === 'build' && target.kind === 'scalar') {
    return isReset('context') ? undefined : target;
  }
  if (target.kind !== 'seq' || (strategy !== 'names' && strategy !== 'dependencies')) return target;
  // Compose keeps these as mappings by then, however they are written.
  const items = flatMapped(target.items, (item) =>
    item.value.kind === 'scalar' && isReset(item.value.text) ? undefined : item,
  );
  return items === target.items ? target : seqValue(target, items, target);
}
