/** Lists of plain texts in a service, such as capabilities and options, and edits that take from them and add to them. */
import type { Edit } from '../core/edit.ts';
import { lineEnd, lineStart } from '../core/span.ts';
import { insertAt, type Styled } from './insert.ts';
import { isOwn } from './model.ts';
import type { Entry, Item, MapValue, Scalar, SeqValue, Value } from './value.ts';

/** The scalars of a list, or the only one; without those that only the environment knows. */
export function scalarsOf(entry: Entry | undefined): readonly Scalar[] {
  if (!entry) return [];
  const values =
    entry.value.kind === 'seq' ? entry.value.items.map(({ value }) => value) : [entry.value];
  return values.filter(
    (value): value is Scalar =>
      value.kind === 'scalar' && value.value !== null && value.open.length === 0,
  );
}

/**
 * The edit that takes a key out of a mapping, with its line. Undefined where it is not written there alone on its lines,
 * or nothing else would be left.
 */
export function withoutEntry(file: Styled, map: MapValue, key: string): Edit | undefined {
  const entry = map.get(key);
  if (!entry || !isOwn(entry, map.source) || map.flow || file.shared.has(map)) return undefined;
  if (map.entries.length < 2 || file.shared.has(entry.value)) return undefined;
  return linesOut(map, entry.keySpan.start, Math.max(entry.end, entry.value.span.end), /^ *$/);
}

/** The edits that take one item out of the list at `key`; the key goes with the last one. */
export function withoutItem(
  file: Styled,
  map: MapValue,
  key: string,
  value: Value,
): readonly Edit[] | undefined {
  const list = ownList(file, map, key);
  const index = list?.items.findIndex((item) => item.own && isSame(item.value, value)) ?? -1;
  const item = list?.items[index];
  if (!list || !item || file.shared.has(item.value)) return undefined;
  if (list.items.length > 1) {
    const out = itemOut(list, index, item);
    return out && [out, holding(list)];
  }
  const all = withoutEntry(file, map, key);
  return all && [all];
}

function itemOut(list: SeqValue, index: number, item: Item): Edit | undefined {
  if (list.flow) return outOfFlow(list, index, item);
  const { start, end } = item.value.span;
  return linesOut(list, start, end, /^ *- +$/);
}

/** Changes nothing, and keeps two items from being taken out at once: together they may be the whole list. */
const holding = ({ source, span: { start } }: SeqValue): Edit => ({
  source,
  span: { start, end: start },
  newText: '',
});

/** The edit that makes `text` stand at the end of the list at `key`; the list is made where there is none. */
export function withItem(file: Styled, map: MapValue, key: string, text: string): Edit | undefined {
  if (!map.get(key)) return insertAt(file, map, [], [[key, `["${text}"]`]]);
  const list = ownList(file, map, key);
  const last = list?.items.at(-1);
  if (!list || !last?.own || last.value.kind !== 'scalar') return undefined;
  return list.flow
    ? insertedAfter(last.value, `, "${text}"`)
    : belowItem(last.value, text, file.style.eol);
}

function insertedAfter({ source, span: { end } }: Scalar, newText: string): Edit {
  return { source, span: { start: end, end }, newText };
}

function belowItem({ source, span, style }: Scalar, text: string, eol: string): Edit | undefined {
  const before = source.text.slice(lineStart(source.text, span.start), span.start);
  if (style === 'block' || !/^ *- +$/.test(before)) return undefined;
  const end = lineEnd(source.text, span.end);
  const written = style === 'plain' ? text : `"${text}"`;
  return { source, span: { start: end, end }, newText: `${eol}${before}${written}` };
}

/** A list that is written in this very mapping, and that nobody else uses. */
function ownList({ shared }: Styled, map: MapValue, key: string): SeqValue | undefined {
  const entry = map.get(key);
  if (!entry || !isOwn(entry, map.source) || entry.value.kind !== 'seq') return undefined;
  return shared.has(map) || shared.has(entry.value) ? undefined : entry.value;
}

const isSame = (a: Value, b: Value): boolean =>
  a.source === b.source && a.span.start === b.span.start && a.span.end === b.span.end;

/** Whole lines, where nothing but `before` stands in front on the first of them. */
function linesOut(
  { source }: MapValue | SeqValue,
  from: number,
  to: number,
  before: RegExp,
): Edit | undefined {
  const { text } = source;
  const start = lineStart(text, from);
  if (!before.test(text.slice(start, from))) return undefined;
  // A block scalar ends behind its last line end.
  const end = text[to - 1] === '\n' ? to : behindLine(text, to);
  if (text[end - 1] === '\n') return { source, span: { start, end }, newText: '' };
  // The last line has no end of its own, so the one before it loses its.
  const previous = start - (/\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0);
  return { source, span: { start: previous, end }, newText: '' };
}

function behindLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return end + (/^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0);
}

function outOfFlow({ items, source }: SeqValue, index: number, { value }: Item): Edit | undefined {
  const [before, after] = [items[index - 1], items[index + 1]];
  const span = after
    ? { start: value.span.start, end: after.value.span.start }
    : { start: before?.value.span.end ?? value.span.start, end: value.span.end };
  const between = after
    ? source.text.slice(value.span.end, span.end)
    : source.text.slice(span.start, value.span.start);
  return /^\s*,\s*$/.test(between) ? { source, span, newText: '' } : undefined;
}
