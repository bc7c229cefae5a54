/** Takes out of lists what a later item says again. */
import { mapValue, seqValue } from '../make.ts';
import type { Entry, Item, MapValue, SeqValue, Value } from '../value.ts';
import { mapped } from './lists.ts';
import { type Identity, uniquePatterns } from './merge-table.ts';
import { below, type Pattern } from './pattern.ts';
import { shortMount } from './short-mount.ts';

/** The mapping with every list in it unique that has to be; the same object where all are. */
export function uniqueService(service: MapValue): MapValue {
  return uniqueMap(service, below(below(uniquePatterns, 'services'), ''));
}

/** The same for an entry of a top-level section, such as one network. */
export function uniqueEntry(entry: Entry, section: string): Entry {
  const value = uniqueValue(entry.value, below(below(uniquePatterns, section), ''));
  return value === entry.value ? entry : { ...entry, value };
}

function uniqueMap(map: MapValue, patterns: Pattern<Identity> | undefined): MapValue {
  if (patterns === undefined) return map;
  const entries = mapped(map.entries, (entry) => {
    const value = uniqueValue(entry.value, below(patterns, entry.key));
    return value === entry.value ? entry : { ...entry, value };
  });
  return entries === map.entries ? map : mapValue(map, entries, map);
}

function uniqueValue(value: Value, patterns: Pattern<Identity> | undefined): Value {
  if (patterns === undefined || value.kind === 'scalar') return value;
  if (value.kind === 'map') return uniqueMap(value, patterns);
  return patterns.data === undefined ? value : uniqueSeq(value, patterns.data);
}

function uniqueSeq(value: SeqValue, identity: Identity): SeqValue {
  const items = uniqueItems(value.items, identity);
  return items === value.items ? value : seqValue(value, items, value);
}

/** The items with each thing once: the last counts, where the first stands. The same list where nothing is repeated. */
function uniqueItems(items: readonly Item[], identity: Identity): readonly Item[] {
  const places = new Map<string, number>();
  const kept: Item[] = [];
  for (const item of items) {
    const key = keyOf(item.value, identity);
    const place = key === undefined ? undefined : places.get(key);
    const hidden = place === undefined ? undefined : kept[place];
    if (place !== undefined && hidden !== undefined) kept[place] = hiding(item, hidden);
    else if (key !== undefined) places.set(key, kept.push(item) - 1);
    else kept.push(item);
  }
  return kept.length === items.length ? items : kept;
}

function hiding(item: Item, { value: { source, span } }: Item): Item {
  return { ...item, steps: [{ kind: 'override', at: { source, span } }, ...item.steps] };
}

/** What an item is known by; undefined where it says too little, and so is like no other. */
function keyOf(value: Value, identity: Identity): string | undefined {
  if (value.kind === 'seq') return undefined;
  if (value.kind === 'map') return keyOfMap(value, identity);
  // What only the environment knows may be anything.
  if (value.value === null || isOpen(value)) return undefined;
  return keyOfText(String(value.value), identity);
}

function keyOfText(text: string, identity: Identity): string {
  switch (identity) {
    case 'key':
      return beforeEquals(text);
    case 'mount':
      return shortMount(text).target;
    case 'device':
      return text.split(':')[1] ?? text;
    case 'secret':
      return `/run/secrets/${text}`;
    case 'config':
      return `/${text}`;
    case 'port':
      return keyOfPublished(text);
    case 'env-file':
    case 'exposed':
      return text;
  }
}

const PUBLISHED = /^(?:(?:\[([^\]]+)\]|([\d.]+\.[\d.]+)):)?(?:(\d*):)?(\d+)(?:\/(\w+))?$/;

/** A single port as its long form says it; a range stands for itself. */
function keyOfPublished(text: string): string {
  const parts = PUBLISHED.exec(text);
  if (!parts) return text;
  const [, v6, v4 = '0.0.0.0', published = '', target = '', protocol = 'tcp'] = parts;
  return `${v6 ?? v4}:${published}:${target}/${protocol}`;
}

/** A key of `KEY=value`, or all of the text. */
export function beforeEquals(text: string): string {
  const at = text.indexOf('=');
  return at === -1 ? text : text.slice(0, at);
}

function keyOfMap(map: MapValue, identity: Identity): string | undefined {
  if (identity === 'port') return keyOfPort(map);
  if (identity === 'env-file') return textAt(map, 'path');
  const target = textAt(map, 'target');
  if (target !== undefined || (identity !== 'secret' && identity !== 'config')) return target;
  const source = textAt(map, 'source');
  return source === undefined ? undefined : keyOfText(source, identity);
}

function keyOfPort(map: MapValue): string | undefined {
  const target = textAt(map, 'target');
  const published = map.get('published')?.value;
  if (target === undefined || isOpen(published)) return undefined;
  const host = textAt(map, 'host_ip') ?? '0.0.0.0';
  const protocol = textAt(map, 'protocol') ?? 'tcp';
  return `${host}:${publishedText(published)}:${target}/${protocol}`;
}

/** Compose takes a number and the same number as text for two things here. */
function publishedText(published: Value | undefined): string {
  if (published?.kind !== 'scalar' || published.value === null) return '';
  return typeof published.value === 'number' ? `number ${published.text}` : published.text;
}

function textAt(map: MapValue, key: string): string | undefined {
  const value = map.get(key)?.value;
  if (value?.kind !== 'scalar' || value.value === null || isOpen(value)) return undefined;
  return String(value.value);
}

function isOpen(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.open.length > 0;
}
