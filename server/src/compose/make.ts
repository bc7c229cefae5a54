/** Makes values: what parsers read, and what is derived from what they read. */
import type { Place } from '../core/source.ts';
import type { Entry, Item, MapValue, Scalar, SeqValue, Step, Value } from './value.ts';

export const noSteps: readonly Step[] = [];

const noNames: readonly string[] = [];

const noMerges: readonly MapValue[] = [];

/** A mapping with an index; where a key stands twice the first counts. */
export function mapValue(
  { source, span }: Place,
  entries: readonly Entry[],
  given: Partial<Pick<MapValue, 'flow' | 'tag' | 'anchor' | 'merges'>> = {},
): MapValue {
  const { kept, get } = indexed(entries);
  return {
    kind: 'map',
    source,
    span,
    tag: given.tag,
    anchor: given.anchor,
    flow: given.flow ?? false,
    entries: kept,
    merges: given.merges ?? noMerges,
    get,
  };
}

/** Small mappings are searched, larger ones indexed when they are first asked. */
const SMALL = 8;

function indexed(entries: readonly Entry[]): {
  readonly kept: readonly Entry[];
  readonly get: MapValue['get'];
} {
  if (entries.length <= SMALL) {
    const kept = hasTwins(entries)
      ? entries.filter(({ key }, index) => entries.findIndex((one) => one.key === key) === index)
      : entries;
    return { kept, get: (key) => kept.find((entry) => entry.key === key) };
  }
  const index = new Map<string, Entry>();
  for (const entry of entries) if (!index.has(entry.key)) index.set(entry.key, entry);
  const kept = index.size === entries.length ? entries : [...index.values()];
  return { kept, get: (key) => index.get(key) };
}

function hasTwins(entries: readonly Entry[]): boolean {
  for (let i = 1; i < entries.length; i++)
    for (let j = 0; j < i; j++) if (entries[i]?.key === entries[j]?.key) return true;
  return false;
}

export function seqValue(
  { source, span }: Place,
  items: readonly Item[],
  given: Partial<Pick<SeqValue, 'flow' | 'tag' | 'anchor'>> = {},
): SeqValue {
  return {
    kind: 'seq',
    source,
    span,
    tag: given.tag,
    anchor: given.anchor,
    flow: given.flow ?? false,
    items,
  };
}

/** A scalar that is written at a place; `text` is what stands there where it is not given. */
export function scalarValue(
  { source, span }: Place,
  value: Scalar['value'],
  given: Partial<Omit<Scalar, 'kind' | 'source' | 'span' | 'value'>> = {},
): Scalar {
  return {
    kind: 'scalar',
    source,
    span,
    tag: given.tag,
    anchor: given.anchor,
    value,
    text: given.text ?? (value === null ? '' : String(value)),
    style: given.style ?? 'plain',
    inFlow: given.inFlow ?? false,
    template: given.template,
    open: given.open ?? noNames,
  };
}

/** An entry that is derived from something written at `place`: both key and value point there. */
export function entryAt(
  { source, span }: Place,
  key: string,
  value: Value,
  steps: readonly Step[] = noSteps,
): Entry {
  return { key, source, keySpan: span, value, end: span.end, via: 'own', steps };
}
