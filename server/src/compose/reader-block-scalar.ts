/** Block scalars of the fast reader: literal and folded texts on lines of their own. */
import { scalarValue } from './make.ts';
import { placeOf, type Properties, written } from './reader-nodes.ts';
import {
  behindLineEnd,
  codeAt,
  CR,
  DASH,
  giveUp,
  GREATER,
  LF,
  lineBelow,
  PLUS,
  type Reading,
  SPACE,
  toContent,
  toLineBelow,
} from './reader-text.ts';
import type { Scalar } from './value.ts';

interface Header {
  readonly isFolded: boolean;
  readonly chomping: 'strip' | 'clip' | 'keep';
  /** How much deeper than the parent the text is; 0 where its first line says so. */
  readonly indentation: number;
}

/** `parent` is the column of the collection that holds it. */
export function readBlockScalar(
  reading: Reading,
  parent: number,
  { tag, anchor }: Properties,
): Scalar {
  const start = reading.pos;
  const header = readHeader(reading);
  const text = readText(reading, header, parent);
  const place = placeOf(reading, start, reading.pos);
  toContent(reading);
  return written(reading, scalarValue(place, text, { style: 'block', tag, anchor }));
}

/** Moves to the start of the first line of text. */
function readHeader(reading: Reading): Header {
  const { text } = reading;
  const isFolded = codeAt(text, reading.pos++) === GREATER;
  let chomping: Header['chomping'] | undefined;
  let indentation = 0;
  for (;;) {
    const code = codeAt(text, reading.pos);
    const digit = code - DIGIT_0;
    if (chomping === undefined && (code === DASH || code === PLUS))
      chomping = code === DASH ? 'strip' : 'keep';
    else if (indentation === 0 && digit > 0 && digit <= 9) indentation = digit;
    else break;
    reading.pos++;
  }
  toLineBelow(reading);
  return { isFolded, chomping: chomping ?? 'clip', indentation };
}

const DIGIT_0 = 48;

/** A line of the text, or the line below it. */
interface Line {
  readonly start: number;
  readonly indentation: number;
  readonly isEmpty: boolean;
}

function lineAt(text: string, start: number): Line {
  let at = start;
  while (codeAt(text, at) === SPACE) at++;
  const isEmpty = behindLineEnd(text, at) !== undefined;
  if (!isEmpty && codeAt(text, at) === CR) giveUp('a carriage return within a line');
  return { start, indentation: at - start, isEmpty };
}

/** The column where the text starts: what the header says, or that of the first line. */
function findColumn(text: string, start: number, given: number, parent: number): number {
  let deepest = 0;
  let line = lineAt(text, start);
  while (line.isEmpty) {
    deepest = Math.max(deepest, line.indentation);
    const below = lineBelow(text, line.start);
    if (below === text.length) giveUp('a block text without a line');
    line = lineAt(text, below);
  }
  const column = given > 0 ? parent + given : line.indentation;
  if (line.indentation <= parent || line.indentation < column || deepest > column)
    giveUp('a block text that is not indented as it says');
  return column;
}

/** Moves behind the text, and behind the empty lines that belong to it. */
function readText(reading: Reading, header: Header, parent: number): string {
  const { text } = reading;
  const column = findColumn(text, reading.pos, header.indentation, parent);
  const lines: Lines = { isFolded: header.isFolded, text: '', last: undefined, empty: 0 };
  let at = reading.pos;
  for (; at < text.length; at = lineBelow(text, at)) {
    const { indentation, isEmpty } = lineAt(text, at);
    if (isEmpty && indentation <= column) {
      lines.empty++;
      continue;
    }
    if (indentation < column) break;
    // Then `yaml` takes the first line for the measure of what is empty, and not the header.
    if (isEmpty && header.indentation > 0) giveUp('blanks deeper than a given indentation');
    reading.pos = lineBelow(text, at);
    const content = text.slice(at + column, endOfLine(text, reading.pos));
    addLine(lines, content, indentation > column || content.startsWith('\t') ? 'deeper' : 'flush');
  }
  if (header.chomping === 'keep') reading.pos = at;
  return lines.text + endingOf(reading, header, lines);
}

function endingOf({ text, pos }: Reading, { chomping }: Header, { empty }: Lines): string {
  if (chomping === 'strip') return '';
  if (chomping === 'clip') return '\n';
  if (codeAt(text, pos - 1) !== LF) giveUp('a kept end without a line end');
  return '\n'.repeat(empty + 1);
}

/** The offset of the line end above `below`. */
function endOfLine(text: string, below: number): number {
  const hasLineFeed = codeAt(text, below - 1) === LF;
  const end = hasLineFeed ? below - 1 : below;
  if (codeAt(text, end - 1) !== CR) return end;
  return hasLineFeed ? end - 1 : giveUp('a carriage return at the end');
}

/** Flush lines are folded; those that are deeper stay as they are. */
type Depth = 'flush' | 'deeper';

/** A text that grows line by line. */
interface Lines {
  readonly isFolded: boolean;
  text: string;
  last: Depth | undefined;
  /** Empty lines below the last one. */
  empty: number;
}

function addLine(lines: Lines, content: string, depth: Depth): void {
  lines.text += jointTo(lines, depth) + content;
  lines.last = depth;
  lines.empty = 0;
}

function jointTo({ isFolded, last, empty }: Lines, next: Depth): string {
  if (last === undefined) return '\n'.repeat(empty);
  if (!isFolded || last === 'deeper' || next === 'deeper') return '\n'.repeat(empty + 1);
  return empty === 0 ? ' ' : '\n'.repeat(empty);
}
