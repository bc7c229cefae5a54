/** A Dockerfile cut into directives and instructions, by the rules of BuildKit's parser. Linear in the text. */
import type { Span } from '../core/span.ts';
import type { Escape } from './words.ts';

export interface Directive {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** A text that follows an instruction, up to a line that holds nothing but its name. */
export interface Heredoc {
  readonly name: string;
  /** Its name stands in quotes, so nothing in it is filled in. */
  readonly quoted: boolean;
  /** `<<-`: tabs in front of its lines are no part of it. */
  readonly stripsTabs: boolean;
  /** Of the operator with the name. */
  readonly span: Span;
  readonly contentSpan: Span;
  /** The line that ends it is there. */
  readonly closed: boolean;
}

/** An instruction as a piece of the text, not yet read. */
export interface Piece {
  /** From the keyword to the end of its last line, heredocs included. */
  readonly span: Span;
  /**
   * Its lines without its heredocs, from the keyword on and as long as in the text: comments and blank lines between
   * continued lines are spaces, continuations are as written.
   */
  readonly code: string;
  readonly heredocs: readonly Heredoc[];
  /** Blank lines between continued lines. */
  readonly blankLines: readonly Span[];
  /** The text ends where another line was to follow. */
  readonly open: boolean;
}

export interface Pieces {
  /** What continues a line: a backslash, or the backtick that a directive asks for. */
  readonly escape: Escape;
  readonly directives: readonly Directive[];
  readonly pieces: readonly Piece[];
}

/** A line without its end, and where the next one starts. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

export function piecesOf(text: string): Pieces {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const directives = directivesIn(text, start);
  const escape = directives.find(({ name }) => name === 'escape')?.value === '`' ? '`' : '\\';
  const pieces: Piece[] = [];
  for (let at = start; at < text.length;) {
    const line = lineAt(text, at);
    const first = firstOf(text, line);
    if (first === line.end || text[first] === '#') at = line.next;
    else {
      const { piece, next } = pieceAt(text, first, escape);
      pieces.push(piece);
      at = next;
    }
  }
  return { escape, directives, pieces };
}

function lineAt(text: string, start: number): Line {
  const newline = text.indexOf('\n', start);
  if (newline < 0) return { start, end: text.length, next: text.length };
  const end = newline > start && text[newline - 1] === '\r' ? newline - 1 : newline;
  return { start, end, next: newline + 1 };
}

/** Where the first character stands that is no white space; the end of the line where there is none. */
function firstOf(text: string, { start, end }: Line): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

const DIRECTIVE = /^#[ \t]*([a-zA-Z][a-zA-Z0-9]*)[ \t]*=[ \t]*(.+?)[ \t]*$/;

const DIRECTIVES: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);

/** They stand at the very top; the first line that does not look like one ends them. */
function directivesIn(text: string, start: number): readonly Directive[] {
  const directives: Directive[] = [];
  for (let at = start; at < text.length;) {
    const line = lineAt(text, at);
    const written = text.slice(line.start, line.end);
    const [, name = '', value = ''] = DIRECTIVE.exec(written) ?? [];
    if (name === '') break;
    const valueStart = line.start + written.lastIndexOf(value);
    if (DIRECTIVES.has(name.toLowerCase()))
      directives.push({
        name: name.toLowerCase(),
        value,
        span: { start: line.start, end: line.end },
        valueSpan: { start: valueStart, end: valueStart + value.length },
      });
    at = line.next;
  }
  return directives;
}

interface Read {
  readonly piece: Piece;
  readonly next: number;
}

function pieceAt(text: string, start: number, escape: string): Read {
  const parts: string[] = [];
  const blankLines: Span[] = [];
  let line: Line = { ...lineAt(text, start), start };
  let isContinued = endsWith(text, line, escape);
  parts.push(text.slice(line.start, line.next));
  while (isContinued && line.next < text.length) {
    line = lineAt(text, line.next);
    const first = firstOf(text, line);
    const isBlank = first === line.end;
    if (isBlank || text[first] === '#') {
      // With its end, for what is behind it belongs to the line above.
      parts.push(' '.repeat(line.next - line.start));
      if (isBlank) blankLines.push({ start: line.start, end: line.end });
      continue;
    }
    parts.push(text.slice(line.start, line.next));
    isContinued = endsWith(text, line, escape);
  }
  const code = parts.join('').trimEnd();
  const { heredocs, end, next } = heredocsAt(text, line, heredocsIn(code, start));
  const last = heredocs.length > 0 ? end : start + code.length;
  const span = { start, end: last };
  return { piece: { span, code, heredocs, blankLines, open: isContinued }, next };
}

/** Whether another line belongs to it: the escape stands at its end, and is not escaped itself. */
function endsWith(text: string, { start, end }: Line, escape: string): boolean {
  let at = end - 1;
  while (at >= start && (text[at] === ' ' || text[at] === '\t')) at--;
  return at >= start && text[at] === escape && !(at > start && text[at - 1] === escape);
}

const TAKES_HEREDOCS = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;

type Opening = Pick<Heredoc, 'name' | 'quoted' | 'stripsTabs' | 'span'>;

/** Outside of quotes, at the start of a word, perhaps behind a descriptor's number. */
function heredocsIn(code: string, offset: number): readonly Opening[] {
  if (!code.includes('<<') || !TAKES_HEREDOCS.test(code)) return [];
  const openings: Opening[] = [];
  for (const { 0: all, index, groups } of code.matchAll(TOKEN)) {
    const { dash, quoted, name = quoted } = groups ?? {};
    if (name === undefined) continue;
    openings.push({
      name,
      quoted: quoted !== undefined,
      stripsTabs: dash === '-',
      span: { start: offset + index, end: offset + index + all.length },
    });
  }
  return openings;
}

/** Texts in quotes and escaped characters, so that what is in them is passed over; heredocs; all else. */
const TOKEN =
  /\\[^]|'[^']*'?|"(?:\\[^]|[^"\\])*"?|<<<|(?<=^|[\s;&|()])\d*<<(?<dash>-?)(?:(?<quote>["'])(?<quoted>[^"'\s]+)\k<quote>|(?<name>[a-zA-Z_$.][\w.$-]*))|[^'"\\<]+|[^]/g;

/** Reads the texts that follow a line, one behind the other. */
function heredocsAt(
  text: string,
  line: Line,
  openings: readonly Opening[],
): { readonly heredocs: readonly Heredoc[]; readonly end: number; readonly next: number } {
  const heredocs: Heredoc[] = [];
  let { end, next } = line;
  for (const opening of openings) {
    const start = next;
    let contentEnd = start;
    let closed = false;
    while (next < text.length && !closed) {
      const here = lineAt(text, next);
      const from = opening.stripsTabs ? afterTabs(text, here) : here.start;
      closed = text.slice(from, here.end) === opening.name;
      if (!closed) contentEnd = here.next;
      ({ end, next } = here);
    }
    heredocs.push({ ...opening, contentSpan: { start, end: contentEnd }, closed });
  }
  return { heredocs, end, next };
}

function afterTabs(text: string, { start, end }: Line): number {
  let at = start;
  while (at < end && text[at] === '\t') at++;
  return at;
}
