/** Where something stands in a text: offsets and positions, both counted in UTF-16 code units as LSP does. */

/** Half-open: `start` is the first code unit, `end` the one after the last. `start === end` is a place, not a piece. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Zero-based line and character, in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Turns offsets into positions by binary search, so that a long file costs no more than a short one. */
export interface Lines {
  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  readonly positionAt: (offset: number) => Position;
  readonly rangeOf: (span: Span) => Range;
  /** The offset at which the line starts; lines after the last one start at the end of the text. */
  readonly startOf: (line: number) => number;
  readonly count: number;
}

/** Line ends are LF, CRLF and lone CR, as in LSP. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const startOf = (line: number): number => starts[line] ?? text.length;
  const positionAt = (offset: number): Position => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (startOf(middle) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - startOf(low) };
  };
  return {
    positionAt,
    rangeOf: ({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }),
    startOf,
    count: starts.length,
  };
}

/** The offset of the line end (before CR or LF) of the line that holds `offset`. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** The offset of the first code unit of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** The line end that a text uses first; LF where it has none. */
export function eolOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
