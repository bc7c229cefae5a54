/** Mappings of names to texts that may be written as lists of `NAME=value`: labels, environment, options, sysctls. */
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Entry, Item, MapValue, Scalar, SeqValue, Value } from '../value.ts';
import { partsOf, viaOf } from './parts.ts';
import { refuse, type Scope } from './scope.ts';
import { isEmpty, isNull, type Json, mapped, printAny, type Shape, sorted } from './shape.ts';
import { text } from './scalar-shapes.ts';

/** Names to texts; a name without a value stands for the empty text. */
export const keyedTexts: Shape = {
  make: (value, scope) => keyed(value, scope, (name) => scalarValue(name, '')),
  print: printTexts,
  isZero: isEmpty,
};

/** Names to texts or null: a name without a value is taken from the environment. */
export const variables: Shape = {
  make: (value, scope) => keyed(value, scope, (name) => scalarValue(name, null)),
  print: printTexts,
  isZero: isEmpty,
};

function printTexts(value: Value): Json {
  if (value.kind !== 'map') return printAny(value);
  return sorted(value.entries.map((entry) => [entry.key, printAny(entry.value)]));
}

type Absent = (place: Scalar) => Scalar;

function keyed(value: Value, scope: Scope, absent: Absent): Value {
  if (value.kind === 'seq') return fromList(value, scope, absent);
  if (value.kind !== 'map') return value;
  const named = value.entries.some((entry) => isNull(entry.value)) ? filled(value, absent) : value;
  return mapped(named, (entry) => text.make(entry.value, scope));
}

/** Null values as `absent` has them, at their places. */
function filled(map: MapValue, absent: Absent): MapValue {
  return mapValue(
    map,
    map.entries.map((entry) => {
      if (entry.value.kind !== 'scalar' || entry.value.value !== null) return entry;
      const value = absent(entry.value);
      return value.value === null ? entry : { ...entry, value };
    }),
    map,
  );
}

function fromList(list: SeqValue, scope: Scope, absent: Absent): MapValue {
  const entries = new Map<string, Entry>();
  for (const item of list.items) {
    const entry = fromItem(item, scope, absent);
    if (entry) entries.set(entry.key, entry);
  }
  return mapValue(list, [...entries.values()]);
}

function fromItem(item: Item, scope: Scope, absent: Absent): Entry | undefined {
  const { value } = item;
  if (value.kind !== 'scalar') return undefined;
  const [name, rest] = partsOf(value, '=', 2);
  if (!name?.text) {
    refuse(scope, value, 'Expected NAME=value here, such as DEBUG=1.');
    return undefined;
  }
  return { ...entryAt(value, name.text, rest ?? absent(value), item.steps), via: viaOf(item) };
}
