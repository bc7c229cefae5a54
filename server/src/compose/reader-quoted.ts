/** Quoted scalars of the fast reader. */
import type { Span } from '../core/span.ts';
import {
  BACKSLASH,
  behindLineEnd,
  codeAt,
  DOUBLE_QUOTE,
  END,
  giveUp,
  LF,
  type Reading,
  SINGLE_QUOTE,
  SPACE,
} from './reader-text.ts';

export interface Quoted {
  readonly style: 'single' | 'double';
  readonly text: string;
  readonly isOnOneLine: boolean;
}

export function isQuote(code: number): boolean {
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
}

/** Moves behind the closing quote. */
export function readQuoted(reading: Reading): Quoted {
  const { text, pos } = reading;
  const isSingle = codeAt(text, pos) === SINGLE_QUOTE;
  const { end, isOnOneLine, isPlain } = isSingle ? scanSingle(text, pos) : scanDouble(text, pos);
  const raw = text.slice(pos + 1, end);
  reading.pos = end + 1;
  if (isPlain && isOnOneLine)
    return { style: isSingle ? 'single' : 'double', text: raw, isOnOneLine };
  const unfolded = isOnOneLine ? raw : unfold(raw);
  if (isSingle) return { style: 'single', text: unfolded.replaceAll("''", "'"), isOnOneLine };
  if (!isOnOneLine && !isPlain) giveUp('escapes in a quoted text of several lines');
  return { style: 'double', text: unescaped(unfolded), isOnOneLine };
}

/** The offset of the closing quote, and what to do with the text before it. */
interface Scanned {
  readonly end: number;
  readonly isOnOneLine: boolean;
  /** Nothing in it stands for anything else. */
  readonly isPlain: boolean;
}

function scanSingle(text: string, start: number): Scanned {
  let isOnOneLine = true;
  let isPlain = true;
  for (let at = start + 1; ; at++) {
    const code = codeAt(text, at);
    if (code === SINGLE_QUOTE) {
      if (codeAt(text, at + 1) !== SINGLE_QUOTE) return { end: at, isOnOneLine, isPlain };
      isPlain = false;
      at++;
    } else if (code === LF) isOnOneLine = false;
    else if (code === END) giveUp('a quote that is not closed');
  }
}

function scanDouble(text: string, start: number): Scanned {
  let isOnOneLine = true;
  let isPlain = true;
  for (let at = start + 1; ; at++) {
    const code = codeAt(text, at);
    if (code === DOUBLE_QUOTE) return { end: at, isOnOneLine, isPlain };
    if (code === BACKSLASH) {
      isPlain = false;
      at++;
      if (codeAt(text, at) === LF) isOnOneLine = false;
    } else if (code === LF) isOnOneLine = false;
    else if (code === END) giveUp('a quote that is not closed');
  }
}

/** Lines of a quoted text below its first must be deeper than what holds it. */
export function checkQuotedLines(text: string, { start, end }: Span, parent: number): void {
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at)) {
    const line = ++at;
    while (codeAt(text, at) === SPACE) at++;
    if (at - line <= parent && behindLineEnd(text, at) === undefined)
      giveUp('a quoted text that is not indented');
  }
}

/** Joins lines: a line end is a blank, and each empty line below it a line end. Quotes keep their outer blanks. */
function unfold(raw: string): string {
  const lines = raw.split(/\r?\n/);
  let result = '';
  let gap = '';
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const trimmed = trimBlanks(line, index > 0, !isLast);
    if (trimmed === '' && index > 0 && !isLast) gap = gap === ' ' ? '\n' : `${gap}\n`;
    else {
      result += gap + trimmed;
      gap = ' ';
    }
  }
  return result;
}

function trimBlanks(line: string, atStart: boolean, atEnd: boolean): string {
  const start = atStart ? line.search(/[^ \t]|$/) : 0;
  let end = line.length;
  if (atEnd) while (end > start && ' \t'.includes(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

/** How many hexadecimal digits follow. */
const CODE_POINTS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function unescaped(raw: string): string {
  let result = '';
  let done = 0;
  for (let at = raw.indexOf('\\'); at >= 0; at = raw.indexOf('\\', done)) {
    const letter = raw.charAt(at + 1);
    const digits = CODE_POINTS[letter] ?? 0;
    result += raw.slice(done, at);
    result +=
      digits > 0
        ? codePoint(raw.slice(at + 2, at + 2 + digits), digits)
        : (ESCAPES[letter] ?? giveUp('an escape that YAML does not know'));
    done = at + 2 + digits;
  }
  return result + raw.slice(done);
}

const LAST_CODE_POINT = 0x10ffff;

function codePoint(hexadecimal: string, digits: number): string {
  const code = parseInt(hexadecimal, 16);
  const isValid =
    hexadecimal.length === digits && /^[0-9a-fA-F]+$/.test(hexadecimal) && code <= LAST_CODE_POINT;
  return isValid ? String.fromCodePoint(code) : giveUp('an escape that is no character');
}
