/** What nodes of the fast reader have in common: properties, anchors, aliases and merge keys. */
import type { Place } from '../core/source.ts';
import { mapValue, noSteps, scalarValue } from './make.ts';
import {
  type AliasStep,
  AMPERSAND,
  BANG,
  codeAt,
  COLON,
  giveUp,
  isFlowIndicator,
  isVoid,
  type Reading,
  skipBlanks,
} from './reader-text.ts';
import type { Entry, Item, MapValue, Scalar, Step, Tag, Value } from './value.ts';

/** What may stand before a node. */
export interface Properties {
  readonly tag: Tag | undefined;
  readonly anchor: string | undefined;
}

export const noProperties: Properties = { tag: undefined, anchor: undefined };

/** Reads `&name` and `!tag`, if there are any, and the blanks behind them. */
export function readProperties(reading: Reading): Properties {
  return isPropertyStart(codeAt(reading.text, reading.pos))
    ? readSomeProperties(reading)
    : noProperties;
}

function isPropertyStart(code: number): boolean {
  return code === AMPERSAND || code === BANG;
}

function readSomeProperties(reading: Reading): Properties {
  let tag: Tag | undefined;
  let anchor: string | undefined;
  for (;;) {
    const code = codeAt(reading.text, reading.pos);
    if (code === AMPERSAND && anchor === undefined) anchor = openAnchor(reading);
    else if (code === BANG && tag === undefined) tag = readTag(reading);
    else if (isPropertyStart(code)) giveUp('a second anchor or tag');
    else return { tag, anchor };
    if (!isVoid(codeAt(reading.text, reading.pos)))
      giveUp('an anchor or tag that touches what follows');
    skipBlanks(reading);
  }
}

function readTag(reading: Reading): Tag {
  const { text, pos } = reading;
  const tag = text.startsWith('!reset', pos) ? 'reset' : 'override';
  if (tag === 'override' && !text.startsWith('!override', pos))
    giveUp('a tag that is not one of Compose');
  reading.pos += tag.length + 1;
  return tag;
}

/** Until its node is closed by `written`, nobody may use the name. */
function openAnchor(reading: Reading): string {
  const name = readName(reading);
  if (reading.open.has(name)) giveUp('an anchor inside one of its own name');
  reading.open.add(name);
  return name;
}

/** The name behind `&` or `*`. */
function readName(reading: Reading): string {
  const { text } = reading;
  const start = ++reading.pos;
  let code = codeAt(text, start);
  while (!isVoid(code) && !isFlowIndicator(code)) code = codeAt(text, ++reading.pos);
  if (reading.pos === start || codeAt(text, reading.pos - 1) === COLON)
    giveUp('a name that is empty or ends in a colon');
  return text.slice(start, reading.pos);
}

/** Every node that is written here passes through: from now on aliases may refer to it. */
export function written<T extends Value>(reading: Reading, value: T): T {
  const { anchor } = value;
  if (anchor !== undefined) {
    reading.open.delete(anchor);
    reading.defined.set(anchor, value);
  }
  reading.end = value.span.end;
  reading.through = undefined;
  return value;
}

/** Where nothing is written although a node could be. */
export function readAbsent(reading: Reading, at: number, { tag, anchor }: Properties): Scalar {
  return written(
    reading,
    scalarValue(placeOf(reading, at, at), tag === undefined ? null : '', {
      style: 'absent',
      inFlow: reading.flowDepth > 0,
      tag,
      anchor,
    }),
  );
}

export function placeOf({ source }: Reading, start: number, end: number): Place {
  return { source, span: { start, end } };
}

/** `*name`: the value of the nearest anchor of that name above it, in this text or before it. */
export function readAlias(reading: Reading, properties: Properties): Value {
  if (properties !== noProperties) giveUp('an anchor or tag on an alias');
  const start = reading.pos;
  const name = readName(reading);
  if (reading.open.has(name)) giveUp('an alias to what holds it');
  const value = reading.defined.get(name) ?? readOuter(reading, name);
  reading.targets.push(value);
  reading.end = reading.pos;
  reading.through = { kind: 'alias', anchor: name, at: placeOf(reading, start, reading.pos) };
  return value;
}

function readOuter({ outer, used }: Reading, name: string): Value {
  const value = outer(name) ?? giveUp('an alias without its anchor');
  used.set(name, value);
  return value;
}

/** Where a key stands and what it says. */
export interface Key extends Place {
  readonly text: string;
  /** Plain, as only a merge key is. */
  readonly isMerge: boolean;
}

/** The entry for the value that was read last. */
export function entryOf(
  { end, through }: Reading,
  { text, source, span }: Key,
  value: Value,
): Entry {
  const isWritten = through !== undefined || value.span.end > value.span.start;
  return {
    key: text,
    source,
    keySpan: span,
    value,
    end: isWritten ? end : span.end,
    via: through ? 'alias' : 'own',
    steps: through ? [through] : noSteps,
  };
}

/** What is known of a collection besides what it holds. */
export interface Marks extends Properties {
  readonly flow: boolean;
}

export function marksOf({ tag, anchor }: Properties, flow: boolean): Marks {
  return { flow, tag, anchor };
}

/** A mapping with its own entries and those that a merge key brings, which count where there is no own one. */
export function mappingOf(
  place: Place,
  own: readonly Entry[],
  merged: Merged | undefined,
  marks: Marks,
): MapValue {
  const mapping = mapValue(place, own, marks);
  if (mapping.entries.length < own.length) giveUp('a key that stands twice');
  if (!merged) return mapping;
  const { entries, merges } = merged;
  return mapValue(place, [...own, ...entries], { ...marks, merges });
}

/** The item for the value that was read last. */
export function itemOf({ through }: Reading, value: Value): Item {
  return { value, own: through === undefined, steps: through ? [through] : noSteps };
}

/** What a merge key takes in, and the mappings that it comes from. */
export interface Merged {
  readonly entries: readonly Entry[];
  readonly merges: readonly MapValue[];
}

/** What a merge key brings whose value was read last: a mapping or an alias to one, or a list of such. */
export function mergedBy({ through }: Reading, value: Value): Merged {
  if (through || value.kind === 'map') {
    const map = mergeable(value);
    return { entries: broughtBy(through, map), merges: [map] };
  }
  if (value.kind !== 'seq' || value.anchor !== undefined || value.tag !== undefined)
    return giveUp('a merge key without a mapping');
  const merges: MapValue[] = [];
  const entries = value.items.flatMap((item) => {
    const map = mergeable(item.value);
    merges.push(map);
    return broughtBy(item.steps[0] as AliasStep | undefined, map);
  });
  return { entries, merges };
}

function mergeable(value: Value): MapValue {
  return value.kind === 'map' ? value : giveUp('a merge key with something else than a mapping');
}

/** `through` is the alias to the mapping; undefined where it is written at the merge key itself. */
function broughtBy(through: AliasStep | undefined, { entries }: MapValue): readonly Entry[] {
  if (!through) return entries.map((entry) => ({ ...entry, via: 'merge' }));
  const step: Step = { ...through, kind: 'merge' };
  return entries.map((entry) => ({ ...entry, via: 'merge', steps: [step, ...entry.steps] }));
}
