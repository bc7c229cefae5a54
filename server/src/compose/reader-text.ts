/** The text under the fast reader: where it stands, how it moves over lines, and how it gives up. */
import type { Source } from '../core/source.ts';
import type { Anchors } from './read.ts';
import type { Step, Value } from './value.ts';

/** What the reader keeps while it goes through a text once, from its start to its end. */
export interface Reading {
  readonly source: Source;
  readonly text: string;
  readonly outer: Anchors;
  /** The next character. */
  pos: number;
  /** How far the line is indented whose first character is next; `NO_LINE` at the end of the document. */
  column: number;
  /** Whether a comment stood between what was read last and the line that is next. */
  isCommented: boolean;
  /** How many collections stand around what is next, and how many of them are braces and brackets. */
  depth: number;
  flowDepth: number;
  /** Of the node that was read last: the offset behind what is written for it here, and the alias that it came by. */
  end: number;
  through: AliasStep | undefined;
  readonly defined: Map<string, Value>;
  /** Anchors of collections that are being read. */
  readonly open: Set<string>;
  readonly used: Map<string, Value | undefined>;
  readonly targets: Value[];
}

export type AliasStep = Extract<Step, { kind: 'alias' | 'merge' }>;

export const NO_LINE = -1;

/** Thrown where a text leaves the subset of the fast reader; its message says how. */
export class Outside extends Error {}

/** Whatever is not surely read as the `yaml` package reads it is left to that package. */
export function giveUp(what: string): never {
  throw new Outside(what);
}

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const BANG = 33;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const AMPERSAND = 38;
export const SINGLE_QUOTE = 39;
export const ASTERISK = 42;
export const PLUS = 43;
export const COMMA = 44;
export const DASH = 45;
export const DOT = 46;
export const COLON = 58;
export const GREATER = 62;
export const QUESTION = 63;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const PIPE = 124;
export const CLOSE_BRACE = 125;
export const BYTE_ORDER_MARK = 0xfeff;

/** What stands behind the last character. */
export const END = -1;

export function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : END;
}

/** Separates tokens within a line. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Nothing, a blank or a line end: what makes the character before it an indicator. */
export function isVoid(code: number): boolean {
  return code === SPACE || code === LF || code === CR || code === TAB || code === END;
}

export function isFlowIndicator(code: number): boolean {
  return (
    code === COMMA ||
    code === CLOSE_BRACKET ||
    code === CLOSE_BRACE ||
    code === OPEN_BRACKET ||
    code === OPEN_BRACE
  );
}

export function skipBlanks(reading: Reading): void {
  const { text } = reading;
  while (isBlank(codeAt(text, reading.pos))) reading.pos++;
}

/** The offset behind the line end that stands at `at`: LF or CRLF, or the end of the text. Undefined where none does. */
export function behindLineEnd(text: string, at: number): number | undefined {
  const code = codeAt(text, at);
  if (code === LF) return at + 1;
  if (code === CR && codeAt(text, at + 1) === LF) return at + 2;
  return code === END ? at : undefined;
}

/** The start of the line below the one that holds `at`. */
export function lineBelow(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Whether no content is left on this line. */
export function isAtLineEnd({ text, pos }: Reading): boolean {
  const code = codeAt(text, pos);
  return code === LF || code === CR || code === HASH || code === END;
}

/** From behind a node to the first character of the next line that has content. */
export function toNextContent(reading: Reading): void {
  toLineBelow(reading);
  toContent(reading);
}

/** To the start of the line below; only blanks and a comment may be left on this one. */
export function toLineBelow(reading: Reading): void {
  const { text } = reading;
  skipBlanks(reading);
  reading.isCommented = codeAt(text, reading.pos) === HASH;
  if (reading.isCommented) {
    checkComment(reading);
    reading.pos = lineBelow(text, reading.pos);
  } else {
    reading.pos = behindLineEnd(text, reading.pos) ?? giveUp('something behind a value');
  }
}

/** A comment behind something else must not touch it. */
export function checkComment({ text, pos }: Reading): void {
  if (!isBlank(codeAt(text, pos - 1))) giveUp('a comment that touches what it follows');
}

/** From the start of a line to the first character of it, or of the first below it, that has content. */
export function toContent(reading: Reading): void {
  const { text } = reading;
  let start = reading.pos;
  for (;;) {
    let at = start;
    while (codeAt(text, at) === SPACE) at++;
    const code = codeAt(text, at);
    reading.pos = at;
    reading.column = at - start;
    if (code === HASH) {
      reading.isCommented = true;
      start = lineBelow(text, at);
    } else if (code > SPACE) {
      if (isDocumentMarker(reading)) reading.column = NO_LINE;
      return;
    } else {
      start = behindLineEnd(text, at) ?? giveUp('a control character where a line starts');
      if (code === END) break;
    }
  }
  reading.column = NO_LINE;
}

/** `---` or `...` at the start of a line. */
function isDocumentMarker({ text, pos, column }: Reading): boolean {
  const code = codeAt(text, pos);
  if (column > 0 || (code !== DASH && code !== DOT)) return false;
  return (
    (text.startsWith('---', pos) || text.startsWith('...', pos)) && isVoid(codeAt(text, pos + 3))
  );
}

/** YAML has no limit to nesting, but the stack has. */
const MAX_DEPTH = 100;

export function enter(reading: Reading): void {
  if (++reading.depth > MAX_DEPTH) giveUp('collections that are nested too deep');
}

export function leave(reading: Reading): void {
  reading.depth--;
}
