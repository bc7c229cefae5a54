/** Edits that add keys to a Compose file in the file's own style: indentation, line ends, flow or block, quotes. */
import type { Edit } from '../core/edit.ts';
import { lineEnd, lineStart } from '../core/span.ts';
import type { Style } from './style.ts';
import type { Entry, MapValue } from './tree.ts';

/** A text with its style, such as a Compose file. */
export interface Styled {
  readonly text: string;
  readonly style: Style;
}

/** What to write: YAML source for a scalar or a flow sequence, or nested keys. */
export type Block = string | readonly Line[];

export type Line = readonly [key: string, block: Block];

/**
 * The edit that makes `lines` stand at `path` below `map`: as much of the path as is missing is written too.
 * Undefined where the place is not ours to edit: behind an alias, in a merged mapping, or where something else stands.
 */
export function insertAt(
  document: Styled,
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

function insertInto(document: Styled, map: MapValue, lines: readonly Line[]): Edit | undefined {
  const own = map.entries.filter(({ via }) => via !== 'merge');
  const last = own.reduce<Entry | undefined>(
    (latest, entry) => (latest && latest.keySpan.start > entry.keySpan.start ? latest : entry),
    undefined,
  );
  if (map.flow) return insertIntoFlow(document, map, last, lines);
  const [first] = own;
  if (!first || !last) return undefined;
  const indent = ' '.repeat(first.keySpan.start - lineStart(document.text, first.keySpan.start));
  return insertBelow(document, last.end, render(lines, indent, document.style.unit));
}

/** Below the line on which `offset` lies; a comment on that line stays there, and a missing final newline stays missing. */
function insertBelow(
  { text, style: { eol } }: Styled,
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
  { text, style: { json } }: Styled,
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
  return { span: { start: inside, end: inside }, newText: rendered };
}

function fillEmpty(document: Styled, entry: Entry, lines: readonly Line[]): Edit {
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
