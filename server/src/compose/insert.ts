/** Edits that add keys to a Compose file in the file's own style: indentation, line ends, flow or block, quotes. */
import type { Line } from '../core/addition.ts';
import type { Edit } from '../core/edit.ts';
import { lineEnd, lineStart } from '../core/span.ts';
import type { Style } from './style.ts';
import type { Entry, MapValue, Scalar, Value } from './value.ts';

/** How a Compose file is written, and which of its values are used in more than one place. */
export interface Styled {
  readonly style: Style;
  readonly shared: ReadonlySet<Value>;
}

/** The same with the text that is edited. */
interface Written extends Styled {
  readonly text: string;
}

/**
 * The edit that makes `lines` stand at `path` below `map`: as much of the path as is missing is written too.
 * Undefined where the place is not ours to edit: behind an alias, in a mapping that others use too, or where something else stands.
 */
export function insertAt(
  document: Styled,
  map: MapValue,
  path: readonly string[],
  lines: readonly Line[],
): Edit | undefined {
  return document.shared.has(map) ? undefined : insertAtRoot(document, map, path, lines);
}

/** The same for a mapping that others use too, where all of them are meant. */
export function insertAtRoot(
  document: Styled,
  map: MapValue,
  path: readonly string[],
  lines: readonly Line[],
): Edit | undefined {
  const { source } = map;
  const written = { ...document, text: source.text };
  const edit = insertBelowPath(written, map, path, lines);
  return edit && { ...edit, source };
}

function insertBelowPath(
  document: Written,
  map: MapValue,
  path: readonly string[],
  lines: readonly Line[],
): Edit | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return insertInto(document, map, lines);
  const entry = map.get(key);
  if (!entry) return insertInto(document, map, nest(path, lines));
  if (entry.via !== 'own') return undefined;
  if (entry.value.kind === 'map') return insertAt(document, entry.value, rest, lines);
  const empty =
    entry.value.kind === 'scalar' && entry.value.value === null && entry.value.style === 'absent';
  return empty && !map.flow ? fillEmpty(document, entry, nest(rest, lines)) : undefined;
}

const nest = (path: readonly string[], lines: readonly Line[]): readonly Line[] =>
  path.reduceRight<readonly Line[]>((inner, key) => [[key, inner]], lines);

function insertInto(document: Written, map: MapValue, lines: readonly Line[]): Edit | undefined {
  const own = map.entries.filter(({ via }) => via !== 'merge');
  const last = own.reduce<Entry | undefined>(
    (latest, entry) => (latest && latest.keySpan.start > entry.keySpan.start ? latest : entry),
    undefined,
  );
  if (map.flow) return insertIntoFlow(document, map, last, lines);
  const [first] = own;
  if (!first || !last || !startsLine(document.text, first) || isOpenBlock(document.text, last)) {
    return undefined;
  }
  const indent = ' '.repeat(first.keySpan.start - lineStart(document.text, first.keySpan.start));
  return insertBelow(document, last.end, render(lines, indent, document.style.unit));
}

/** Nothing but indentation and dashes before the key: no `?`, no anchor, no tag. */
function startsLine(text: string, { keySpan: { start } }: Entry): boolean {
  return /^ *(- +)*$/.test(text.slice(lineStart(text, start), start));
}

/** A block scalar at the end of a text without a last line end would get one, and change its value. */
function isOpenBlock(text: string, { value, end }: Entry): boolean {
  if (end !== text.length || text.endsWith('\n')) return false;
  return styleOfLast(value) === 'block';
}

function styleOfLast(value: Value): Scalar['style'] | undefined {
  if (value.kind === 'scalar') return value.style;
  const last = value.kind === 'seq' ? value.items.at(-1)?.value : value.entries.at(-1)?.value;
  return last && styleOfLast(last);
}

/** Below the line on which `offset` lies; a comment on that line stays there, and a missing final newline stays missing. */
function insertBelow(
  { text, style: { eol } }: Written,
  offset: number,
  rendered: readonly string[],
): Edit {
  // A block scalar ends behind its last line end, with the blank lines that belong to it.
  if (offset > 0 && text[offset - 1] === '\n') {
    return {
      span: { start: offset, end: offset },
      newText: rendered.map((line) => line + eol).join(''),
    };
  }
  const end = lineEnd(text, offset);
  return { span: { start: end, end }, newText: rendered.map((line) => eol + line).join('') };
}

function insertIntoFlow(
  { text, style: { json } }: Written,
  map: MapValue,
  last: Entry | undefined,
  lines: readonly Line[],
): Edit | undefined {
  if (last?.value.kind === 'scalar' && last.value.style === 'absent') return undefined;
  const style: FlowStyle = {
    json,
    space: /[ \t]/.test(text.charAt(map.span.start + 1)) ? ' ' : '',
  };
  const rendered = lines.map((line) => renderFlow(line, style)).join(', ');
  if (last) return { span: { start: last.end, end: last.end }, newText: `, ${rendered}` };
  const inside = map.span.start + 1;
  // A merge key is no entry of its own, but it needs its comma.
  const comma = map.entries.length > 0 ? ', ' : '';
  return { span: { start: inside, end: inside }, newText: rendered + comma };
}

function fillEmpty(document: Written, entry: Entry, lines: readonly Line[]): Edit {
  const column = entry.keySpan.start - lineStart(document.text, entry.keySpan.start);
  const { unit } = document.style;
  return insertBelow(document, entry.keySpan.end, render(lines, ' '.repeat(column + unit), unit));
}

function render(lines: readonly Line[], indent: string, unit: number): readonly string[] {
  return lines.flatMap(([key, block]) =>
    typeof block === 'string'
      ? [`${indent}${key}: ${block}`]
      : [`${indent}${key}:`, ...render(block, indent + ' '.repeat(unit), unit)],
  );
}

/** JSON is YAML too, but only while its keys and words stay in double quotes. */
interface FlowStyle {
  readonly json: boolean;
  /** What stands inside of braces. */
  readonly space: '' | ' ';
}

function renderFlow([key, block]: Line, style: FlowStyle): string {
  const name = style.json ? `"${key}"` : key;
  if (typeof block === 'string') return `${name}: ${style.json ? jsonOf(block) : block}`;
  const inner = block.map((line) => renderFlow(line, style)).join(', ');
  return `${name}: {${style.space}${inner}${style.space}}`;
}

function jsonOf(source: string): string {
  return /^(["[{]|-?\d+(\.\d+)?$|true$|false$)/.test(source) ? source : `"${source}"`;
}
