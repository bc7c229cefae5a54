/** Edits that take whole entries out of a Compose file, with the comments that speak of nothing else. */
import type { Edit } from '../core/edit.ts';
import { lineEnd, lineStart } from '../core/span.ts';
import type { Entry, MapValue } from './value.ts';

/** `comments`: lines right above go along where the next entry does not follow at once, for then they may be about both. */
interface Options {
  readonly comments: boolean;
}

/**
 * The edit that deletes the lines of an entry of a block mapping, and one of the blank lines around it. Undefined where
 * something else stands on those lines.
 */
export function withoutLines(map: MapValue, entry: Entry, { comments }: Options): Edit | undefined {
  const { source, keySpan, via } = entry;
  const { text } = source;
  const first = lineStart(text, keySpan.start);
  const indent = text.slice(first, keySpan.start);
  const isOwnLine = via === 'own' && source === map.source && /^ *$/.test(indent);
  if (map.flow || !isOwnLine) return undefined;
  const last = endOfLines(text, Math.max(entry.end, keySpan.end, entry.value.span.end));
  const start = comments && isAlone(text, last) ? commentsAbove(text, first, indent) : first;
  const end = behindBlankLine(text, start, last);
  // The last line may have no end of its own, so the one before it loses its.
  const before = text[end - 1] === '\n' ? '' : (/\r?\n$/.exec(text.slice(0, start))?.[0] ?? '');
  return { source, span: { start: start - before.length, end }, newText: '' };
}

/** Behind the line end of the line on which an entry ends; a block scalar ends behind its own. */
function endOfLines(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = lineEnd(text, offset);
  return end + (/^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0);
}

/** Between two blank lines, or a blank line and the start, nothing is left to separate. */
function behindBlankLine(text: string, start: number, end: number): number {
  const blank = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return start === 0 || /\n[ \t]*\r?\n$/.test(text.slice(0, start)) ? end + blank : end;
}

/** What follows is no entry: a blank line, a comment, a key further left, or nothing. */
function isAlone(text: string, end: number): boolean {
  const line = text.slice(end, lineEnd(text, end));
  return /^\s*(#.*)?$/.test(line) || !line.startsWith(' ');
}

function commentsAbove(text: string, first: number, indent: string): number {
  let start = first;
  while (start > 0) {
    const above = lineStart(text, start - 1 - (text[start - 2] === '\r' ? 1 : 0));
    const line = text.slice(above, lineEnd(text, above));
    if (!line.startsWith(`${indent}#`)) break;
    start = above;
  }
  return start;
}
