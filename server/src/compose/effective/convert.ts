/** The other form of what Compose takes in two: lists as mappings, mappings as lists, one text as either. */
import { entryAt, mapValue, scalarValue, seqValue } from '../make.ts';
import type { Entry, Item, MapValue, Scalar, SeqValue, Step, Value } from '../value.ts';
import { beforeEquals } from './unicity.ts';

/** A mapping of `KEY=value` items; a key without `=` has no value. What is no text is left out. */
export function keyedMap(value: Value): MapValue {
  return value.kind === 'map' ? value : fromItems(value, keyedEntry);
}

function keyedEntry(item: Item, scalar: Scalar): Entry {
  const text = String(scalar.value);
  const key = beforeEquals(text);
  const value =
    key === text
      ? scalarValue(scalar, null, { style: 'absent', inFlow: scalar.inFlow })
      : partOf(scalar, text.slice(key.length + 1));
  return { ...entryAt(scalar, key, value, item.steps), via: item.own ? 'own' : 'alias' };
}

/** Part of a text, at the place of the whole. */
function partOf(scalar: Scalar, text: string): Scalar {
  return { ...scalar, value: text, text, template: scalar.template ?? String(scalar.value) };
}

/** A mapping of names; `settings` makes what a bare name stands for. */
export function namesMap(value: Value, settings: (item: Scalar) => Value = nothingAt): MapValue {
  if (value.kind === 'map') return value;
  return fromItems(value, (item, scalar) => ({
    ...entryAt(scalar, String(scalar.value), settings(scalar), item.steps),
    via: item.own ? 'own' : 'alias',
  }));
}

function nothingAt({ source, span: { end } }: Scalar): Scalar {
  return scalarValue({ source, span: { start: end, end } }, null, { style: 'absent' });
}

const dependencyDefault: readonly Step[] = [
  { kind: 'default', reason: 'A dependency by its name alone waits for the start of the service.' },
];

/** What a bare name in `depends_on` stands for. */
export function startedAt({ source, span: { end } }: Scalar): MapValue {
  const place = { source, span: { start: end, end } };
  const absent = { style: 'absent' } as const;
  return mapValue(place, [
    entryAt(place, 'condition', scalarValue(place, 'service_started', absent), dependencyDefault),
    entryAt(place, 'required', scalarValue(place, true, absent), dependencyDefault),
  ]);
}

function fromItems(
  value: SeqValue | Scalar,
  entryOf: (item: Item, scalar: Scalar) => Entry,
): MapValue {
  const entries = new Map<string, Entry>();
  for (const item of itemsOf(value)) {
    if (item.value.kind !== 'scalar' || item.value.value === null) continue;
    const entry = entryOf(item, item.value);
    entries.set(entry.key, entry);
  }
  return mapValue(value, [...entries.values()], { tag: value.tag });
}

/** The items of a list; one value stands for a list of one, and what is not written for an empty one. */
export function itemsOf(value: Value): readonly Item[] {
  if (value.kind === 'seq') return value.items;
  if (value.kind === 'scalar' && value.value === null) return [];
  return [{ value, own: true, steps: [] }];
}

/** The hosts of a list or a mapping as `host=address` items. */
export function hostItems(value: Value): readonly Item[] {
  return value.kind === 'map' ? value.entries.flatMap(itemsOfHost) : itemsOf(value);
}

function itemsOfHost({ key, value, steps, via }: Entry): readonly Item[] {
  return itemsOf(value).flatMap((item) => {
    if (item.value.kind !== 'scalar') return [];
    const written = partOf(item.value, `${key}=${String(item.value.value)}`);
    return [{ value: written, own: via === 'own' && item.own, steps: [...steps, ...item.steps] }];
  });
}

/** What Compose compares of two items; undefined for what is no text. */
export function hostKey({ value }: Item): string | undefined {
  return value.kind === 'scalar' ? value.text : undefined;
}

/** A build in its long form. */
export function buildMap(value: Value): MapValue | undefined {
  if (value.kind === 'map') return value;
  if (value.kind === 'seq' || typeof value.value !== 'string') return undefined;
  return mapValue(value, [entryAt(value, 'context', value)]);
}

/** A list of items at the place of a value. */
export function listAt(value: Value, items: readonly Item[]): SeqValue {
  return seqValue(value, items, { tag: value.tag, flow: value.kind === 'seq' && value.flow });
}
